// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds URLs that say something about a person, and the secrets in URLs. A URL that only names a public page is left: a
 * model must be able to read a link to documentation.
 */
final class UrlDetector implements Detector {
    private static final Set<EntityType> TYPES = Set.of(EntityType.URL, EntityType.USERNAME, EntityType.SECRET);
    private static final int LONGEST = 2048;
    private static final int LONGEST_SCHEME = 16;
    private static final Pattern PERSONAL_PATH = Pattern.compile(
            "(?i)/(?:u|users?|profiles?|people|person|members?|in|id|kunden?|clientes?|clients?|customers?|patients?|account"
                    + "|cuenta|perfil|profil|usuarios?|benutzer)/[^/?#]{2,}|/[@~][^/?#]{2,}");
    private static final Pattern PERSONAL_HOST = Pattern.compile(
            "(?i)^(?:[a-z]+\\.)?(?:facebook|instagram|twitter|x|tiktok|t|wa|xing|github|gitlab|mastodon\\.social)\\."
                    + "(?:com|me|social)/[\\w.+-]{3,}/?$");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)[?&#](?:[a-z_-]{0,24}(?:token|secret|password|passwd|pwd|api_?key|apikey|signature|sig|auth|session_?id|code)"
                    + "|key)=([^&#]{6,})");
    private static final Pattern PERSONAL_PARAMETER = Pattern.compile(
            "(?i)[?&](?:e?mail|user(?:name|id)?|name|phone|tel|customer|cliente|kunde|account|uid|ssn|dni)=[^&#]{2,}");
    private static final List<String> OWN = List.of(
            "my website",
            "my site",
            "my page",
            "my blog",
            "homepage",
            "profile",
            "profil",
            "perfil",
            "linkedin",
            "portfolio");

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return TYPES;
    }

    @Override
    public boolean mayFind(String text, int from) {
        return text.contains("://");
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        for (int mark = text.indexOf("://"); mark >= 0; mark = text.indexOf("://", mark + 3)) {
            int start = schemeStart(text, mark);
            if (start < mark) judge(text, start, mark + 3, end(text, mark + 3), found);
        }
    }

    private static int schemeStart(String text, int mark) {
        int start = mark;
        while (start > 0 && mark - start < LONGEST_SCHEME && isScheme(text.charAt(start - 1))) start--;
        while (start < mark && !Character.isLetter(text.charAt(start))) start++;
        return start;
    }

    private static boolean isScheme(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
    }

    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < LONGEST && !isEnd(text.charAt(end))) end++;
        while (end > start && ".,;:!?)]}*_".indexOf(text.charAt(end - 1)) >= 0) end--;
        return end;
    }

    private static boolean isEnd(char c) {
        return c <= ' ' || Character.isWhitespace(c) || "\"'<>`\\|^{}".indexOf(c) >= 0;
    }

    private void judge(String text, int start, int host, int end, Consumer<Finding> found) {
        String rest = text.substring(host, end);
        int path = rest.indexOf('/');
        String authority = path < 0 ? rest : rest.substring(0, path);
        credentials(authority, host, found);
        Matcher secret = SECRET_PARAMETER.matcher(rest);
        while (secret.find())
            found.accept(new Finding(
                    EntityType.SECRET, "URL_PARAMETER", host + secret.start(1), host + secret.end(1), 0.9, name()));
        boolean own = Context.isBefore(OWN, text, start, 32);
        if (own || isPersonal(rest)) found.accept(new Finding(EntityType.URL, "PERSONAL", start, end, 0.85, name()));
    }

    private static boolean isPersonal(String rest) {
        return PERSONAL_PATH.matcher(rest).find()
                || PERSONAL_HOST.matcher(rest).find()
                || PERSONAL_PARAMETER.matcher(rest).find();
    }

    /** The user and the password before an {@code @}. */
    private void credentials(String authority, int host, Consumer<Finding> found) {
        int at = authority.lastIndexOf('@');
        if (at < 1) return;
        int colon = authority.indexOf(':');
        if (colon < 0 || colon > at) colon = at;
        if (colon > 0) found.accept(new Finding(EntityType.USERNAME, "URL_USER", host, host + colon, 0.9, name()));
        if (at - colon > 1)
            found.accept(new Finding(EntityType.SECRET, "URL_PASSWORD", host + colon + 1, host + at, 1, name()));
    }
}
