// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/** Python's {@code text.format(…)} with places only: {@code {}}, {@code {0}}, {@code {name}}, doubled braces. */
final class Format {
    private final Meter meter;
    private int next;

    Format(Meter meter) {
        this.meter = meter;
    }

    Value.Str format(Value.Str format, Arguments arguments) {
        var out = new Origin.Gathered();
        String text = format.text();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.add(format.part(at, at + 1));
                at += 2;
            } else if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw TemplateException.operation("format: a brace without end");
                }
                Value.Str value = Printed.str(place(text.substring(at + 1, end), arguments));
                meter.make(value.text().length());
                out.add(value);
                at = end + 1;
            } else if (c == '}') {
                throw TemplateException.operation("format: a brace without beginning");
            } else {
                out.add(format.part(at, at + 1));
                at++;
            }
        }
        return out.done();
    }

    private Value place(String name, Arguments arguments) {
        if (name.isEmpty()) {
            return arguments.required(next++, "");
        }
        if (name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 6) {
            return arguments.required(Integer.parseInt(name), "");
        }
        return arguments.required(Integer.MAX_VALUE, name);
    }
}
