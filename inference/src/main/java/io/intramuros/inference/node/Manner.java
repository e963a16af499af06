// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.CallFormat;
import io.intramuros.inference.grammar.CallForm;
import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.ToolCall;
import io.intramuros.inference.text.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a model was taught to answer, by its chat template.
 *
 * @param tools whether it is told of tools
 * @param format how it writes calls, where that is known
 * @param form the same for grammars
 * @param thinks whether it marks its reasoning
 * @param thoughtMarks the control tokens around a thought
 * @param callMarks the control tokens around a call
 */
record Manner(
        boolean tools,
        Optional<CallFormat> format,
        Optional<CallForm> form,
        boolean thinks,
        Set<Integer> thoughtMarks,
        Set<Integer> callMarks) {
    private static final List<String> THOUGHT = List.of("<think>", "</think>");
    /** The length of a call's id that Mistral's templates insist on. */
    private static final int SHORT_ID = 9;

    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9]{9}");

    Manner {
        thoughtMarks = Set.copyOf(thoughtMarks);
        callMarks = Set.copyOf(callMarks);
    }

    static Manner of(ChatTemplate template, Vocabulary vocabulary) {
        String source = template.source().orElse("");
        boolean tools = template.tellsOfTools();
        Optional<CallFormat> format = tools ? CallFormat.of(source) : Optional.empty();
        Optional<CallForm> form = format.map(known -> known.form(source));
        Set<String> marks =
                form.map(known -> Set.of(known.open(), known.close(), "[ARGS]")).orElse(Set.of());
        return new Manner(
                tools,
                format,
                form,
                source.contains("</think>"),
                controls(vocabulary, Set.copyOf(THOUGHT)),
                controls(vocabulary, marks));
    }

    /** The control tokens that an answer is told with. */
    Set<Integer> spelled(boolean calls) {
        Set<Integer> all = new HashSet<>(thinks ? thoughtMarks : Set.of());
        all.addAll(calls ? callMarks : Set.of());
        return all;
    }

    /** A name for a call, in the form that the template takes back. */
    String newId() {
        String random = UUID.randomUUID().toString().replace("-", "");
        return format.filter(CallFormat.MISTRAL::equals).isPresent()
                ? random.substring(0, SHORT_ID)
                : "call_" + random.substring(0, 24);
    }

    /** A message as the template takes it: calls under names of the length that it insists on. */
    ChatMessage taken(ChatMessage message) {
        boolean free = format.filter(CallFormat.MISTRAL::equals).isEmpty();
        if (free || (message.calls().isEmpty() && message.answers().isEmpty())) {
            return message;
        }
        List<ToolCall> calls = message.calls().stream()
                .map(call -> new ToolCall(shortId(call.id()), call.name(), call.arguments()))
                .toList();
        return new ChatMessage(
                message.role(), message.content(), calls, message.answers().map(Manner::shortId), message.reasoning());
    }

    /** The same for the same, so that an answer still belongs to its call. */
    private static String shortId(String id) {
        return SHORT.matcher(id).matches()
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                        .substring(0, SHORT_ID);
    }

    private static Set<Integer> controls(Vocabulary vocabulary, Set<String> texts) {
        return IntStream.range(0, vocabulary.tokens().size())
                .filter(id -> vocabulary.isControl(id)
                        && !vocabulary.ends().contains(id)
                        && texts.contains(vocabulary.tokens().get(id)))
                .boxed()
                .collect(Collectors.toSet());
    }
}
