// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.tenant.Windows;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One limit as the API writes it: cost in the models' currency, everything else in whole numbers. */
final class LimitFields {
    private static final int MICRO_DIGITS = 6;

    private LimitFields() {}

    static Limit read(Scope scope, Fields fields) {
        Limit.Unit unit = Checked.constant("unit", fields.text("unit"), Limit.Unit.class);
        long amount = whole(fields, "amount", fields.number("amount"), unit);
        Optional<String> per = fields.maybeText("per");
        Optional<String> model = fields.maybeText("model").filter(name -> !name.equals("*"));
        Optional<Long> burst = fields.maybeNumber("burst").map(number -> whole(fields, "burst", number, unit));
        fields.done();
        if (per.isEmpty() && unit != Limit.Unit.CONCURRENCY)
            throw fields.fault("per", "missing", "PT1S to PT1H, P1D or month");
        return Checked.value(() ->
                new Limit(scope, unit, amount, Windows.read(per.orElse("")), model.orElse(null), burst.orElse(null)));
    }

    private static long whole(Fields fields, String name, BigDecimal number, Limit.Unit unit) {
        boolean cost = unit == Limit.Unit.COST;
        try {
            return (cost ? number.movePointRight(MICRO_DIGITS) : number).longValueExact();
        } catch (ArithmeticException _) {
            throw fields.fault(name, "out of range", cost ? "at most 6 decimal places" : "a whole number");
        }
    }

    static void write(Limit limit, ObjectNode to) {
        to.put("unit", Checked.lower(limit.unit()));
        amount(to, "amount", limit.amount(), limit.unit());
        String per = Windows.write(limit.per());
        if (!per.isEmpty()) to.put("per", per);
        if (limit.model() != null) to.put("model", limit.model());
        if (limit.burst() != null) amount(to, "burst", limit.burst(), limit.unit());
    }

    private static void amount(ObjectNode to, String name, long amount, Limit.Unit unit) {
        if (unit == Limit.Unit.COST) to.put(name, money(amount));
        else to.put(name, amount);
    }

    /** Micro-units as an amount of the currency, without zeros at its end. */
    static BigDecimal money(long micros) {
        BigDecimal money = BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros();
        return money.scale() < 0 ? money.setScale(0) : money;
    }
}
