// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.gateway.CompanyDetectors;
import io.intramuros.policies.PolicyTests;
import io.intramuros.policies.ResourceSet;
import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.names.Names;
import io.intramuros.redaction.patterns.Patterns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros policy}. */
@Command(name = "policy", mixinStandardHelpOptions = true, description = "List policies, and run the tests they carry.")
final class PolicyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    PolicyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return list(form);
    }

    @Command(mixinStandardHelpOptions = true, description = "List the policies that count in the gateway.")
    int list(@Mixin Form as) {
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(AdminClient.path("policies")),
                all -> Table.of(all.path("policies"), "name", "mode", "request.default", "tests", "at"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Read resource files and run their policies' tests, without a gateway.")
    int test(
            @Mixin Form as,
            @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders") List<Path> places,
            @Option(names = "--pack", paramLabel = "NAME", description = "A pack to read as well") List<String> packs) {
        ResourceSet set = read(places, packs == null ? List.of() : packs);
        PolicyTests.Report report = PolicyTests.run(set, counts(set));
        ObjectNode answer = AdminClient.object().put("passed", report.isPassed());
        ArrayNode results = answer.putArray("tests");
        report.results()
                .forEach(result -> results.addObject()
                        .put("policy", result.policy())
                        .put("at", result.at().toString())
                        .put("result", result.failure().orElse("passed")));
        Answer.show(terminal, as, answer, all -> Table.of(all.path("tests"), "policy", "at", "result"));
        return report.isPassed() ? Exit.OK : Exit.FAILED;
    }

    private static ResourceSet read(List<Path> places, List<String> packs) {
        try {
            return ResourceSet.load(places, packs);
        } catch (ConfigurationException e) {
            throw new CommandFailed(Exit.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Counts as the gateway does, with the detectors that the files describe. */
    private static Function<String, Map<EntityType, Integer>> counts(ResourceSet set) {
        List<Detector> detectors = new ArrayList<>(Patterns.detectors());
        detectors.addAll(Names.detectors());
        detectors.add(CompanyDetectors.of(set.detectors()));
        Redactor redactor = Redactor.of(detectors);
        return text -> {
            Map<EntityType, Integer> counts = new EnumMap<>(EntityType.class);
            redactor.find(text).forEach(finding -> counts.merge(finding.type(), 1, Integer::sum));
            return counts;
        };
    }
}
