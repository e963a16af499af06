// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Redactor;
import java.lang.management.ManagementFactory;

/** Prints the CPU time that finding patterns takes, in microseconds for 1,024 characters; RATIONALE.md says how to run it. */
final class Speed {
    private static final String PROSE =
            "The committee met on a grey morning to discuss the future of the harbour, and nobody"
                    + " could agree on anything except that the tide would come in again. ";
    private static final String ACCENTS =
            "Die Größe der Übergänge übertrifft alles; naïve Erwartungen – so sagt man – sind"
                    + " „gefährlich“, aber schön. ";
    private static final String CODE =
            "for (int i = 0; i < items.size(); i++) { String name = items.get(i).getName(); }\n";
    private static final String TICKET =
            "Dear team, Jane (born 12.03.1980, jane.doe@example.com, +44 20 7946 0958) cannot pay"
                    + " with 4111 1111 1111 1111; order 6569365884833682, IBAN DE89 3704 0044 0532 0130 00, DNI 80244895B.\n";
    private static final int CHARS = 16 * 1024;

    private Speed() {}

    public static void main(String[] args) {
        Redactor redactor = Redactor.of(Patterns.detectors());
        for (int round = 0; round < 300; round++)
            for (String text : new String[] {PROSE, ACCENTS, CODE, TICKET}) redactor.find(filled(text));
        print("prose", redactor, PROSE);
        print("accents", redactor, ACCENTS);
        print("code", redactor, CODE);
        print("ticket", redactor, TICKET);
    }

    private static void print(String name, Redactor redactor, String text) {
        String filled = filled(text);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            long start = cpu();
            redactor.find(filled);
            best = Math.min(best, cpu() - start);
        }
        System.out.println(name + " " + best / 1000 / (CHARS / 1024) + " us/KB");
    }

    private static String filled(String text) {
        return text.repeat(CHARS / text.length() + 1).substring(0, CHARS);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
