// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.intramuros", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HUGGING_FACE_TOKENIZER = "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer";
    private static final String OFFLINE_TOKENIZERS = "io.intramuros.inference.text.OfflineTokenizers";

    @ArchTest
    static final ArchRule PACKAGES_FREE_OF_CYCLES =
            slices().matching("io.intramuros.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MODULES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("policies")
            .definedBy("io.intramuros.policies..")
            .layer("redaction")
            .definedBy("io.intramuros.redaction..")
            .layer("audit")
            .definedBy("io.intramuros.audit..")
            .layer("inference")
            .definedBy("io.intramuros.inference..")
            .layer("gateway")
            .definedBy("io.intramuros.gateway..")
            .whereLayer("gateway")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("redaction")
            .mayOnlyBeAccessedByLayers("gateway", "policies")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("gateway")
            .whereLayer("inference")
            .mayOnlyBeAccessedByLayers("gateway")
            .whereLayer("policies")
            .mayOnlyBeAccessedByLayers("gateway");

    @ArchTest
    static final ArchRule LIBRARIES_KNOW_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.intramuros.policies..",
                    "io.intramuros.redaction..",
                    "io.intramuros.audit..",
                    "io.intramuros.inference..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..");

    @ArchTest
    static final ArchRule STEPS_ARE_PLAIN = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.intramuros.gateway.steps..",
                    "io.intramuros.gateway.exchange..",
                    "io.intramuros.gateway.quota..",
                    "io.intramuros.gateway.dialect..",
                    "io.intramuros.gateway.openai..",
                    "io.intramuros.gateway.anthropic..",
                    "io.intramuros.gateway.ollama..",
                    "io.intramuros.gateway.chat..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "org.springframework.web..");

    private static final DescribedPredicate<JavaCall<?>> OPENS_A_TOKENIZER = JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(HasName.Predicates.name(HUGGING_FACE_TOKENIZER)))
            .and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("newInstance|builder")));

    /** In any other way, DJL's tokenizers ask the network for what they do not find, and report that they are used. */
    @ArchTest
    static final ArchRule TOKENIZERS_ARE_OPENED_BY_ONE_DOOR = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(OFFLINE_TOKENIZERS)
            .should()
            .callMethodWhere(OPENS_A_TOKENIZER);

    /** So that the rule above does not hold for want of anything that it looks at. */
    @ArchTest
    static final ArchRule THE_ONE_DOOR_OPENS_TOKENIZERS =
            classes().that().haveFullyQualifiedName(OFFLINE_TOKENIZERS).should().callMethodWhere(OPENS_A_TOKENIZER);

    @ArchTest
    static final ArchRule NO_IMPL_OR_UTILS = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base)")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..");
}
