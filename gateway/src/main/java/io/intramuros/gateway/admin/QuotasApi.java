// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.tenant.Quotas;
import java.security.Principal;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The limits of each scope. */
@RestController
@RequestMapping(path = Api.QUOTAS, produces = Api.JSON)
final class QuotasApi {
    private final Quotas quotas;
    private final Records records;

    QuotasApi(Quotas quotas, Records records) {
        this.quotas = quotas;
        this.records = records;
    }

    /** The limits of one scope, or of all that have some. */
    @GetMapping
    byte[] get(@RequestParam(defaultValue = "") String scope) {
        if (!scope.isEmpty()) {
            Scope asked = Checked.value(() -> Scope.parse(scope));
            return answer(asked, quotas.of(asked));
        }
        var byScope = quotas.all().stream()
                .collect(Collectors.groupingBy(limit -> limit.scope().toString(), TreeMap::new, Collectors.toList()));
        return Api.list(
                "quotas", List.copyOf(byScope.entrySet()), (entry, to) -> fill(entry.getKey(), entry.getValue(), to));
    }

    @PutMapping(consumes = Api.JSON)
    byte[] put(Principal actor, @RequestBody(required = false) byte @Nullable [] body) {
        Fields fields = Fields.of(body);
        String written = fields.text("scope");
        Scope scope = Checked.value(() -> Scope.parse(written));
        List<Limit> limits = fields.objects("limits").stream()
                .map(limit -> LimitFields.read(scope, limit))
                .toList();
        fields.done();
        List<Limit> before = quotas.of(scope);
        Checked.value(() -> {
            quotas.replace(
                    scope,
                    limits,
                    after -> records.write(
                            "quota.changed",
                            actor,
                            "scope",
                            scope.toString(),
                            "before",
                            text(scope, before),
                            "after",
                            text(scope, after)));
            return scope;
        });
        return answer(scope, quotas.of(scope));
    }

    private static byte[] answer(Scope scope, List<Limit> limits) {
        return StrictJson.write(tree(scope, limits));
    }

    private static String text(Scope scope, List<Limit> limits) {
        return StrictJson.text(tree(scope, limits).get("limits"));
    }

    private static ObjectNode tree(Scope scope, List<Limit> limits) {
        ObjectNode tree = StrictJson.object();
        fill(scope.toString(), limits, tree);
        return tree;
    }

    private static void fill(String scope, List<Limit> limits, ObjectNode to) {
        to.put("scope", scope);
        Api.list(to, "limits", limits, LimitFields::write);
    }
}
