// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs statements and gathers what they print. For one rendering. */
final class Runner {
    private final Meter meter;
    private final Evaluator evaluator;

    Runner(Meter meter) {
        this.meter = meter;
        this.evaluator = new Evaluator(meter);
    }

    /** How a body ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    Value.Str run(List<Statement> body, Scope scope) {
        var out = new Origin.Gathered();
        run(body, scope, out);
        return out.done();
    }

    private Flow run(List<Statement> body, Scope scope, Origin.Gathered out) {
        for (Statement statement : body) {
            Flow flow = run(statement, scope, out);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Statement statement, Scope scope, Origin.Gathered out) {
        meter.step();
        switch (statement) {
            case Statement.Text(var text) -> print(text, out);
            case Statement.Print(var value) -> print(Printed.str(evaluator.value(value, scope)), out);
            case Statement.If choice -> {
                return choose(choice, scope, out);
            }
            case Statement.For loop -> loop(loop, scope, out);
            case Statement.Set(var target, var value) -> assign(target, evaluator.value(value, scope), scope);
            case Statement.SetBlock(var target, var filters, var body) ->
                assign(target, filtered(filters, run(body, scope.inner()), scope), scope);
            case Statement.Macro macro -> scope.set(macro.name(), macro(macro, scope));
            case Statement.CallBlock block -> print(called(block, scope), out);
            case Statement.FilterBlock(var filters, var body) ->
                print(Printed.str(filtered(Optional.of(filters), run(body, scope.inner()), scope)), out);
            case Statement.With(var variables, var body) -> {
                Scope inner = scope.inner();
                variables.forEach(set -> assign(set.target(), evaluator.value(set.value(), scope), inner));
                return nested(body, inner, out);
            }
            case Statement.Group(var body) -> {
                return nested(body, scope.inner(), out);
            }
            case Statement.Break() -> {
                return Flow.BREAK;
            }
            case Statement.Continue() -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private Flow nested(List<Statement> body, Scope scope, Origin.Gathered out) {
        meter.enter();
        Flow flow = run(body, scope, out);
        meter.leave();
        return flow;
    }

    private void print(Value.Str text, Origin.Gathered out) {
        meter.make(text.text().length());
        out.add(text);
    }

    private Flow choose(Statement.If choice, Scope scope, Origin.Gathered out) {
        for (int i = 0; i < choice.tests().size(); i++) {
            if (Operators.truth(evaluator.value(choice.tests().get(i), scope))) {
                return nested(choice.bodies().get(i), scope, out);
            }
        }
        return Flow.ON;
    }

    private void loop(Statement.For loop, Scope scope, Origin.Gathered out) {
        loop(loop, evaluator.value(loop.items(), scope), scope, 0, out);
    }

    private void loop(Statement.For loop, Value over, Scope scope, int depth, Origin.Gathered out) {
        meter.enter();
        List<Value> items = Operators.iterate(over);
        if (loop.test().isPresent()) {
            items = picked(loop, items, loop.test().get(), scope);
        }
        Optional<Value.Function.Body> recurse = loop.recursive()
                ? Optional.of(arguments -> {
                    var inner = new Origin.Gathered();
                    loop(loop, arguments.required(0, "items"), scope, depth + 1, inner);
                    return inner.done();
                })
                : Optional.empty();
        var state = new LoopState(items, depth, recurse);
        var value = new Value.Loop(state);
        Flow flow = Flow.ON;
        for (Optional<Value> item = state.next(); item.isPresent() && flow != Flow.BREAK; item = state.next()) {
            Scope inner = scope.inner();
            inner.set("loop", value);
            assign(loop.target(), item.get(), inner);
            meter.step();
            flow = run(loop.body(), inner, out);
        }
        if (items.isEmpty()) {
            run(loop.otherwise(), scope.inner(), out);
        }
        meter.leave();
    }

    private List<Value> picked(Statement.For loop, List<Value> items, Expression test, Scope scope) {
        List<Value> picked = new ArrayList<>();
        for (Value item : items) {
            Scope inner = scope.inner();
            assign(loop.target(), item, inner);
            if (Operators.truth(evaluator.value(test, inner))) {
                picked.add(item);
            }
        }
        return picked;
    }

    private void assign(Statement.Target target, Value value, Scope scope) {
        switch (target) {
            case Statement.Target.Variable(var name) -> scope.set(name, value);
            case Statement.Target.Field(var namespace, var name) -> {
                if (!(scope.get(namespace) instanceof Value.Namespace(var fields))) {
                    throw TemplateException.operation("set: not a namespace");
                }
                fields.put(name, value);
            }
            case Statement.Target.Several(var targets) -> {
                Operators.refuseUndefined(value);
                List<Value> items = Operators.iterate(value);
                if (items.size() != targets.size()) {
                    throw TemplateException.operation("set: another number of values than of names");
                }
                for (int i = 0; i < items.size(); i++) {
                    assign(targets.get(i), items.get(i), scope);
                }
            }
        }
    }

    private Value filtered(Optional<Expression> filters, Value.Str body, Scope scope) {
        if (filters.isEmpty()) {
            return body;
        }
        Scope inner = scope.inner();
        inner.set("", body);
        return evaluator.value(filters.get(), inner);
    }

    private Value.Str called(Statement.CallBlock block, Scope scope) {
        Value target = evaluator.value(block.call().target(), scope);
        Arguments given = evaluator.arguments(block.call().arguments(), scope);
        Value caller = macro(new Statement.Macro("caller", block.parameters(), block.body()), scope);
        Map<String, Value> named = new java.util.LinkedHashMap<>(given.named());
        named.put("caller", caller);
        return Printed.str(evaluator.call(target, new Arguments(given.positional(), named)));
    }

    private Value.Function macro(Statement.Macro macro, Scope scope) {
        return new Value.Function(macro.name(), arguments -> {
            meter.enter();
            Value.Str text = run(macro.body(), bound(macro, arguments, scope));
            meter.leave();
            return text;
        });
    }

    private Scope bound(Statement.Macro macro, Arguments arguments, Scope scope) {
        List<String> names = macro.parameters().names();
        List<Expression> defaults = macro.parameters().defaults();
        List<String> allowed = new ArrayList<>(names);
        if (arguments.named().containsKey("caller")) {
            allowed.add("caller");
        }
        Scope inner = scope.inner();
        boolean variable = arguments.positional().size() > names.size();
        if (variable || !allowed.containsAll(arguments.named().keySet())) {
            throw TemplateException.operation("macro " + macro.name() + ": arguments that it does not take");
        }
        for (int i = 0; i < names.size(); i++) {
            Optional<Value> given = arguments.find(i, names.get(i));
            int place = i - names.size() + defaults.size();
            if (given.isPresent()) {
                inner.set(names.get(i), given.get());
            } else {
                inner.set(
                        names.get(i),
                        place >= 0
                                ? evaluator.value(defaults.get(place), inner)
                                : new Value.Undefined("parameter " + names.get(i)));
            }
        }
        Value caller = arguments.named().get("caller");
        if (caller != null) {
            inner.set("caller", caller);
        }
        return inner;
    }
}
