// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.tenant.UsageBook;
import io.intramuros.gateway.tenant.UsageBook.Group;
import io.intramuros.gateway.tenant.UsageBook.Line;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What was used, by whom, of which models. */
@RestController
@RequestMapping(path = Api.ROOT, produces = Api.JSON)
final class UsageApi {
    private final UsageBook book;
    private final InstantSource clock;

    UsageApi(UsageBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /** From the month's first day, in UTC, until now, where nothing else is asked for. */
    @GetMapping("/usage")
    byte[] usage(
            @RequestParam(defaultValue = "team,model") String groupBy,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        Instant now = clock.instant();
        Instant first = from.isEmpty() ? startOfMonth(now) : Checked.moment("from", from);
        Instant end = to.isEmpty() ? now : Checked.moment("to", to);
        List<Group> groups = groups(groupBy);
        ObjectNode answer = StrictJson.object().put("from", first.toString()).put("to", end.toString());
        Api.texts(answer, "groupBy", groups.stream().map(Checked::lower).toList());
        Api.list(answer, "usage", book.report(first, end, groups), (line, row) -> fill(groups, line, row));
        return StrictJson.write(answer);
    }

    private static List<Group> groups(String groupBy) {
        List<Group> groups = new ArrayList<>();
        for (String name : groupBy.split(",", -1)) {
            Group group = Checked.constant("groupBy", name.strip(), Group.class);
            if (groups.contains(group)) throw AdminError.invalid("groupBy: one twice (expected: each once)");
            groups.add(group);
        }
        return groups;
    }

    private static Instant startOfMonth(Instant now) {
        return now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static void fill(List<Group> groups, Line line, ObjectNode to) {
        for (int i = 0; i < groups.size(); i++)
            to.put(Checked.lower(groups.get(i)), line.group().get(i));
        UsageBook.Sum sum = line.sum();
        to.put("requests", sum.requests()).put("refused", sum.refused());
        to.putObject("tokens").put("in", sum.tokensIn()).put("out", sum.tokensOut());
        to.put("cost", LimitFields.money(sum.micros()));
    }
}
