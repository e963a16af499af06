// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.template.Rendered;
import io.intramuros.inference.template.Template;
import io.intramuros.inference.template.TemplateException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a conversation into the ids of a prompt, by the model's own template. The marks between messages become
 * control tokens where the template writes them; a message that spells one out stays a message. Thread-safe.
 */
public final class ChatTemplate {
    /** What a vocabulary with ChatML's two tokens and no template is taken to speak. */
    private static final String CHATML =
            "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private static final String PROBE = "probe7531";
    private static final String THINK = "<think>";

    private final TextTokenizer tokenizer;
    private final InstantSource clock;
    private final Optional<Template> template;
    private final Marks marks;
    private final Map<String, String> own;
    private final boolean argumentsAsText;

    /**
     * What a conversation became.
     *
     * @param ids the prompt
     * @param thinking whether it ends inside a thought
     */
    public record Told(List<Integer> ids, boolean thinking) {
        /** Copies the list. */
        public Told {
            ids = List.copyOf(ids);
        }

        /** Says how much there is, and never what it is. */
        @Override
        public String toString() {
            return "Told[" + ids.size() + " tokens]";
        }
    }

    /** {@link #ChatTemplate(TextTokenizer, InstantSource)} by the system's clock. */
    public ChatTemplate(TextTokenizer tokenizer) {
        this(tokenizer, InstantSource.system());
    }

    /**
     * Reads the template of the tokenizer's vocabulary.
     *
     * @param clock for templates that write the date, in UTC
     * @throws TemplateException where it cannot be read
     */
    public ChatTemplate(TextTokenizer tokenizer, InstantSource clock) {
        this.tokenizer = tokenizer;
        this.clock = clock;
        Vocabulary vocabulary = tokenizer.vocabulary();
        Optional<String> chatMl = vocabulary.control("<|im_start|>").isPresent()
                        && vocabulary.control("<|im_end|>").isPresent()
                ? Optional.of(CHATML)
                : Optional.empty();
        this.template = vocabulary.chatTemplate().or(() -> chatMl).map(Template::parse);
        this.marks = new Marks(vocabulary);
        this.own = Map.of(
                "bos_token",
                text(vocabulary.special().bos()),
                "eos_token",
                text(vocabulary.special().eos()));
        this.argumentsAsText = template.isPresent() && !takesObjects();
    }

    /** The prompt's ids, which end where the model's answer begins. */
    public int[] render(List<ChatMessage> messages) {
        return render(Conversation.of(messages));
    }

    /**
     * The prompt's ids, which end where the model's answer begins.
     *
     * @throws TemplateException where the template refuses the conversation or fails at it; where there is no template
     */
    public int[] render(Conversation conversation) {
        return ids(write(conversation, argumentsAsText));
    }

    /**
     * The prompt's ids, and what their end says.
     *
     * @throws TemplateException as {@link #render(Conversation)}
     */
    public Told tell(Conversation conversation) {
        Rendered rendered = write(conversation, argumentsAsText);
        return new Told(
                Arrays.stream(ids(rendered)).boxed().toList(),
                rendered.text().stripTrailing().endsWith(THINK));
    }

    private int[] ids(Rendered rendered) {
        int[] ids = marks.encode(rendered, tokenizer);
        OptionalInt begin = tokenizer.vocabulary().begin();
        boolean missing = begin.isPresent() && (ids.length == 0 || ids[0] != begin.getAsInt());
        if (!missing) {
            return ids;
        }
        var all = new Ids();
        all.add(begin.getAsInt());
        all.addAll(ids);
        return all.toArray();
    }

    /** The prompt's text, as the template writes it. */
    String text(Conversation conversation) {
        return write(conversation, argumentsAsText).text();
    }

    /** The template's source, where the model has one. */
    public Optional<String> source() {
        return template.map(Template::source);
    }

    private Rendered write(Conversation conversation, boolean textArguments) {
        return template.orElseThrow(ChatTemplate::missing)
                .render(
                        TemplateVariables.of(conversation, textArguments),
                        own,
                        clock.instant().atZone(ZoneOffset.UTC));
    }

    /** Whether the template tells the model of tools: that of a model which was not trained on them passes them over. */
    public boolean tellsOfTools() {
        var tool = JsonNodeFactory.instance.objectNode().put("type", "function");
        ObjectNode function = tool.putObject("function").put("name", PROBE).put("description", "");
        function.putObject("parameters").put("type", "object").putObject("properties");
        List<ChatMessage> messages = List.of(new ChatMessage(ChatMessage.Role.USER, "?"));
        try {
            return template.isPresent()
                    && write(new Conversation(messages, List.of(tool), Map.of()), argumentsAsText)
                            .text()
                            .contains(PROBE);
        } catch (TemplateException _) {
            return false; // what fails at the least of tools tells of none
        }
    }

    /** Whether the template can write a call whose arguments are an object: some only add texts. */
    private boolean takesObjects() {
        var call = new ToolCall("call00001", "probe", "{\"" + PROBE + "\":1}");
        List<ChatMessage> messages = List.of(
                new ChatMessage(ChatMessage.Role.USER, "?"),
                new ChatMessage(ChatMessage.Role.ASSISTANT, "", List.of(call), Optional.empty(), Optional.empty()));
        var tool = JsonNodeFactory.instance.objectNode().put("type", "function");
        tool.putObject("function").put("name", "probe").put("description", "").putObject("parameters");
        try {
            return write(new Conversation(messages, List.of(tool), Map.of()), false)
                    .text()
                    .contains(PROBE);
        } catch (TemplateException _) {
            return false; // then as text, which every template that writes calls can add
        }
    }

    private String text(OptionalInt id) {
        return id.isPresent() ? tokenizer.vocabulary().tokens().get(id.getAsInt()) : "";
    }

    private static TemplateException missing() {
        return TemplateException.refused("this model has no chat template; it completes texts (/v1/completions)");
    }
}
