// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final JsonNode DOCUMENT = new JsonMapper().readTree(new OpenApi().document());

    @Test
    void document_namesTheRoutesThatAreMapped_andNoOthers() {
        Set<String> mapped = new TreeSet<>();
        for (Class<?> api : apis()) addRoutes(api, mapped);
        Set<String> described = new TreeSet<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described).isEqualTo(mapped).hasSizeGreaterThan(18);
    }

    @Test
    void references_ofTheDocument_leadSomewhere() {
        List<JsonNode> references = DOCUMENT.findValues("$ref");

        assertThat(references)
                .hasSizeGreaterThan(50)
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.asString().substring(1)).isMissingNode())
                        .isFalse());
    }

    /** Whatever the admin plane makes a bean of. */
    private static List<Class<?>> apis() {
        return Arrays.<Method>stream(AdminPlane.class.getDeclaredMethods())
                .<Class<?>>map(Method::getReturnType)
                .filter(type -> type.isAnnotationPresent(RestController.class))
                .toList();
    }

    private static void addRoutes(Class<?> api, Set<String> to) {
        String root = mapping(api).orElseThrow().path()[0];
        for (Method method : api.getDeclaredMethods())
            mapping(method)
                    .ifPresent(route ->
                            to.add(route.method()[0] + " " + root + (route.path().length == 0 ? "" : route.path()[0])));
    }

    private static Optional<RequestMapping> mapping(AnnotatedElement on) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(on, RequestMapping.class));
    }
}
