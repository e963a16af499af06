# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Writes cases.json: small templates and what Jinja2 makes of them. Run: pip install jinja2; python3 cases.py"""
import json
from datetime import datetime

from jinja2 import TemplateError, nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

CONTEXT = {
    "n": 7, "f": 2.5, "t": True, "no": False, "none": None, "name": "Ada Lovelace", "empty": "", "list": [3, 1, 2],
    "words": ["b", "A", "c", "a"], "dict": {"b": 1, "a": 2, "items": 3}, "nested": {"x": {"y": [10, 20, {"z": "deep"}]}},
    "users": [{"name": "Ann", "age": 31, "ok": True}, {"name": "bob", "age": 22}, {"name": "Cid", "age": 31, "ok": False}],
    "odd": "tab\t\"q\" 'a' \\ é 😀 \u2028 \u0001", "lines": "one\ntwo\n\nthree", "html": "<b>&'\"</b>", "big": 2**70,
}

TEMPLATES = r'''
{{ n }} {{ f }} {{ t }} {{ no }} {{ none }} {{ missing }} {{ big }}
{{ [1, 'x', none, true, 2.0, 'it''s', "it's"] }} {{ {'a': 1, 'b': [2]} }} {{ (1,) }} {{ (1, 2) }} {{ () }}
{{ odd }} {{ [odd] }}
{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ -2 ** 2 }}
{{ 1 - 2 - 3 }} {{ 2 * 3 % 4 }} {{ 1.5 + 1 }} {{ 1e3 }} {{ 1e16 }} {{ 1e-5 }} {{ 0.1 + 0.2 }} {{ 1_000 }} {{ 0x1f }} {{ 100000.0 }}
{{ 7.5 // 2 }} {{ 7.5 % 2 }} {{ 2 ** -1 }} {{ 3 * 'ab' }} {{ [1] * 3 }} {{ 'a' * 0 }}
{{ 'a' ~ 1 ~ none ~ 2.0 ~ [1] }} {{ 'a' + 'b' 'c' }} {{ [1] + [2] }} {{ 'x' ~ missing ~ 'y' }}
{{ 1 < 2 }} {{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ 'a' != 'b' }}
{{ 1 in list }} {{ 'Lov' in name }} {{ 'a' in dict }} {{ 9 not in list }} {{ 'x' in missing }} {{ none == none }} {{ missing == nothing }}
{{ t and n }} {{ no or 'x' }} {{ not n }} {{ no and missing.x }} {{ none or empty or 'last' }} {{ not not t }}
{{ 'yes' if t else 'no' }} {{ 'yes' if no }} {{ 'a' if no else 'b' if no else 'c' }} {{ (1 if t else 2) + 1 }}
{{ name[0] }} {{ name[-1] }} {{ name[1:3] }} {{ name[::-1] }} {{ name[:-3] }} {{ list[::2] }} {{ list[-2:] }} {{ list[5:] }} {{ list[::-1] }}
{{ list[1] }} {{ list[-1] }} {{ list[9] is defined }} {{ dict.a }} {{ dict['b'] }} {{ dict['zz'] is defined }} {{ nested.x.y[2].z }} {{ nested['x']['y'][0] }}
{{ dict['items'] }} {{ dict.items is defined }} {{ dict.items() }} {{ dict.get('a') }} {{ dict.get('q') }} {{ dict.get('q', 5) }} {{ dict.keys() | list }} {{ dict.values() | list }}
{{ list.0 }} {{ none.x is defined }} {{ (5).x is defined }} {{ name.nope is defined }} {{ list['x'] is defined }}
{{ name.upper() }} {{ name.lower() }} {{ name.title() }} {{ 'hELLO wORLD'.capitalize() }} {{ 'they''re bill''s'.title() }}
{{ '  x '.strip() }}|{{ '  x '.lstrip() }}|{{ '  x '.rstrip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'abcxa'.lstrip('ab') }}|{{ '\u3000a\n'.strip() }}
{{ 'a,b,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ ' a b  c '.split(none, 1) }} {{ 'a\nb\r\nc'.splitlines() }}
{{ 'abc'.startswith('a') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'abc'.replace('b', 'X') }} {{ 'aaa'.replace('a', 'b', 2) }} {{ 'ab'.replace('', '-') }}
{{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('c') }} {{ 'abc'.find('z') }} {{ 'abcabc'.count('bc') }} {{ 'abc'.index('b') }} {{ ','.join(['a', 'b']) }}
{{ '12'.isdigit() }} {{ ''.isdigit() }} {{ 'ab'.isalpha() }} {{ 'a1'.isalnum() }} {{ ' \t'.isspace() }} {{ 'AB'.isupper() }} {{ 'ab'.islower() }}
{{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.txt'.removesuffix('.txt') }} {{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'abc'.partition('=') }} {{ '-7'.zfill(4) }}
{{ 'a{}c{}'.format(1, 'x') }} {{ '{1}{0}{k}{{}}'.format('a', 'b', k='c') }} {{ '%s-%d-%r-%%' % ('a', 5, 'b') }} {{ '%s' % n }}
{{ list.index(1) }} {{ list.count(3) }} {{ 'e\u0301'|length }} {{ '😀x'|length }} {{ '😀x'[1] }} {{ '😀x'[::-1] }}
{{ name | upper }} {{ name | lower }} {{ 'hello wORLD-foo (bar' | title }} {{ 'hELLO' | capitalize }} {{ '  a ' | trim }}| {{ 'xax' | trim('x') }}
{{ missing | default('d') }} {{ empty | default('d') }} {{ empty | default('d', true) }} {{ none | d('x') }} {{ no | default(3, boolean=true) }}
{{ list | length }} {{ dict | count }} {{ name | length }} {{ missing | length }} {{ list | first }} {{ list | last }} {{ name | first }}
{{ list | join }} {{ list | join(', ') }} {{ users | join('; ', attribute='name') }} {{ 'abc' | join('-') }} {{ dict | join(',') }}
{{ list | sort }} {{ words | sort }} {{ words | sort(case_sensitive=true) }} {{ list | sort(reverse=true) }} {{ users | sort(attribute='age') | map(attribute='name') | list }}
{{ list | reverse | list }} {{ name | reverse }} {{ list | min }} {{ list | max }} {{ words | max }} {{ users | max(attribute='age') }} {{ list | sum }} {{ users | sum(attribute='age') }} {{ list | sum(start=10) }}
{{ users | map(attribute='name') | list }} {{ users | map(attribute='ok', default='?') | list }} {{ words | map('upper') | list }} {{ ['a b', 'c'] | map('replace', ' ', '_') | join(',') }}
{{ list | select('odd') | list }} {{ list | reject('odd') | list }} {{ [0, 1, '', 'x'] | select | list }} {{ list | select('gt', 1) | list }} {{ none | select | list }}
{{ users | selectattr('ok') | map(attribute='name') | list }} {{ users | rejectattr('ok') | map(attribute='name') | list }} {{ users | selectattr('age', 'equalto', 31) | list | length }} {{ users | selectattr('ok', 'defined') | list | length }}
{{ words | unique | list }} {{ [1, 1.0, true, 2] | unique | list }} {{ users | groupby('age') | map('first') | list }} {{ dict | dictsort }} {{ dict | dictsort(by='value') }} {{ dict | dictsort(reverse=true) }}
{{ [1,2,3,4,5] | batch(2) | list }} {{ [1,2,3] | batch(2, 'x') | list }} {{ [1,2,3,4,5] | slice(2) | list }} {{ [1,2,3] | slice(2, 'x') | list }}
{{ dict | items | list }} {{ missing | items | list }} {{ 'ab' | list }} {{ dict | list }}
{{ -3 | abs }} {{ 2.6 | int }} {{ '12' | int }} {{ 'x' | int }} {{ 'x' | int(5) }} {{ '1f' | int(base=16) }} {{ '2.7' | int }} {{ '2.5' | float }} {{ 'x' | float(1.5) }} {{ 2.567 | round(2) }} {{ 2.5 | round }} {{ 2.1 | round(0, 'ceil') }} {{ 2.9 | round(method='floor') }}
{{ html | e }} {{ html | escape }} {{ html | safe }} {{ '<a>' | safe + html }} {{ html + '<a>' | safe }} {{ ('<a>' | safe) ~ html }}
{{ lines | indent }}|{{ lines | indent(2) }}|{{ lines | indent(2, true) }}|{{ lines | indent(2, blank=true) }}|{{ lines | indent('> ') }}
{{ 'a b/c?d=é~*' | urlencode }} {{ 'one two  three' | wordcount }} {{ 5 | string | length }} {{ '%s %s' | format('a', 1) }} {{ 'aXbX' | replace('X', '-') }} {{ 'aXbX' | replace('X', '-', 1) }}
{{ dict | tojson }} {{ odd | tojson }} {{ [1, 2.0, none, true, 'x'] | tojson }} {{ {} | tojson }} {{ [] | tojson(indent=2) }} {{ 1e-7 | tojson }} {{ html | tojson }}
{{ nested | tojson(indent=2) }}
{{ nested | tojson(indent=4, separators=(',', ' : ')) }} {{ nested | tojson(separators=(',', ':')) }} {{ dict | tojson(sort_keys=true) }} {{ odd | tojson(ensure_ascii=true) }} {{ {1: 2, none: 3, true: 4} | tojson }}
{{ n is defined }} {{ missing is defined }} {{ missing is undefined }} {{ none is none }} {{ n is not none }} {{ n is number }} {{ f is float }} {{ n is integer }} {{ t is integer }} {{ t is boolean }} {{ name is string }} {{ dict is mapping }} {{ list is iterable }} {{ name is iterable }} {{ n is iterable }} {{ list is sequence }} {{ dict is sequence }} {{ n is sequence }}
{{ t is true }} {{ n is true }} {{ no is false }} {{ 4 is even }} {{ 3 is odd }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 'a' is lower }} {{ 'A' is upper }} {{ n is eq 7 }} {{ n is sameas n }} {{ 3 is in [1, 3] }} {{ n is gt 3 }} {{ n is lt(3) }} {{ n is ne 7 }} {{ n is ge 7 }} {{ 'upper' is filter }} {{ 'odd' is test }} {{ range is callable }} {{ n is callable }}
{{ not n is defined }} {{ n is defined and t }} {{ n is not defined or no }} {{ 1 is odd and 2 is even }}
{% if t %}a{% endif %}{% if no %}b{% elif n == 7 %}c{% else %}d{% endif %}{% if no %}x{% else %}y{% endif %}{% if not list %}q{% endif %}
{% for x in list %}{{ x }}{% if not loop.last %},{% endif %}{% endfor %} {% for x in [] %}x{% else %}none{% endfor %} {% for c in 'ab' %}[{{ c }}]{% endfor %}
{% for x in list %}{{ loop.index }}/{{ loop.index0 }}/{{ loop.revindex }}/{{ loop.revindex0 }}/{{ loop.first }}/{{ loop.last }}/{{ loop.length }}/{{ loop.depth }}/{{ loop.previtem }}/{{ loop.nextitem }} {% endfor %}
{% for k, v in dict.items() %}{{ k }}={{ v }};{% endfor %}{% for k in dict %}{{ k }}{% endfor %}{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for x in range(10) if x is odd %}{{ loop.index }}:{{ x }} {% endfor %}{% for x in range(2, 11, 3) %}{{ x }} {% endfor %}{% for x in range(5, 0, -2) %}{{ x }} {% endfor %}
{% for x in range(10) %}{% if x == 3 %}{% continue %}{% endif %}{% if x == 6 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in list %}{{ loop.cycle('odd', 'even') }}{{ loop.changed(x > 1) }} {% endfor %}{% for u in users %}{% for w in words %}{{ loop.depth }}{{ w }}{% endfor %}{% endfor %}
{% for item in [{'n': 1, 'c': [{'n': 2, 'c': []}]}] recursive %}{{ item.n }}{{ loop.depth0 }}({{ loop(item.c) }}){% endfor %}
{% set x = 1 %}{% for i in list %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }} {% set a, b = 1, 2 %}{{ a }}{{ b }} {% if t %}{% set y = 5 %}{% endif %}{{ y }}
{% set ns = namespace(total=0, found=false) %}{% for i in list %}{% set ns.total = ns.total + i %}{% set ns.found = true %}{% endfor %}{{ ns.total }} {{ ns.found }} {{ ns.missing is defined }}
{% set block %}a{{ n }}b{% endset %}[{{ block }}] {% set up | upper %}abc{% endset %}{{ up }} {% set piped | replace('a', 'x') | trim %} aba {% endset %}{{ piped }}
{% macro m(a, b=2, c=a) %}{{ a }}-{{ b }}-{{ c }};{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=5, a=4) }}{{ m() }}{{ m(1, c='z') | upper }}
{% macro outer(x) %}{% macro inner(y) %}{{ x }}{{ y }}{% endmacro %}{{ inner(2) }}{% endmacro %}{{ outer(1) }} {% set v = 'late' %}{% macro see() %}{{ v }}{% endmacro %}{{ see() }}
{% macro fact(k) %}{% if k > 1 %}{{ k * (fact(k - 1) | int) }}{% else %}1{% endif %}{% endmacro %}{{ fact(6) }}
{% macro wrap(tag) %}<{{ tag }}>{{ caller() }}</{{ tag }}>{% endmacro %}{% call wrap('b') %}text {{ n }}{% endcall %}{% macro each(xs) %}{% for x in xs %}{{ caller(x) }}{% endfor %}{% endmacro %}{% call(x) each(list) %}[{{ x }}]{% endcall %}
{% filter upper %}abc {{ name }}{% endfilter %} {% filter replace('a', 'b') | trim %} aaa {% endfilter %} {% with p = 1, q = 2 %}{{ p }}{{ q }}{% endwith %}{{ p is defined }}
{% generation %}gen {{ n }}{% endgeneration %} {# a comment {{ n }} #}x{#- trimmed -#} y
{% raw %}{{ not }} {% if %}{% endraw %}|{%- raw -%}  {{ x }} {%- endraw -%} |
a {%- if t -%}  b  {%- endif -%} c | a {{- n -}} b | a {% if t %} b {% endif %} c
line1\n  {% if t %}\n    inside\n  {% endif %}\nline2
line1\n  {%+ if t %}\n    inside\n  {%+ endif +%}\nline2
{% for x in list %}\n  {{ x }}\n{% endfor %}\nend
{% for x in list -%}\n  {{ x }}\n{%- endfor %}\nend
  {# c #}\n  text {# d #}\n{% set a = 1 %}\n\n{{ a }}\n
{{ "a" }}\n\n{{ 'b' }}\n{%- if t %}\n\n c{% endif %}
tail newline\n
two\n\n
\ttab {% if t %}x{% endif %}\n\t{% if t %}y{% endif %}
{{ {'a': {'b': 1}}['a']['b'] }} {{ {} }} {{ {'k': 'v',} }} {{ [1, 2,] }} {{ ((1)) }} {{ ('a') }}
{% set j = joiner('|') %}{{ j() }}a{{ j() }}b{{ j() }}c
{{ strftime_now('%Y-%m-%d') }} {{ strftime_now('%d %b %Y, %B %A %a %H:%M:%S %j %y %p %I %%') }}
{{ messages is defined and messages }} {{ (missing or {}).x is defined }} {{ missing | upper }} {{ [missing, 1] | length }}
{{ users[0].name ~ users[-1]['name'] }} {{ users | map(attribute='name') | join | length }} {{ (users | first).age + 1 }}
{{ 1 if missing else 2 }} {{ missing is defined or none is none }} {{ [] or 'e' }} {{ {} and 1 }} {{ '' == missing }} {{ 0 or 0.0 or 'z' }}
{{ true }}{{ True }}{{ false }}{{ False }}{{ none }}{{ None }} {{ not true }} {{ -n }} {{ +n }} {{ - -3 }} {{ 2 - -2 }}
{% set text = 'x' * 3 ~ 'y' %}{{ text }} {{ 'a' in 'abc' and 'b' }}
{% if name is string and name is not mapping and 'Ada' in name %}ok{% endif %} {% if users and users[0]['ok'] is defined and users[0].ok %}yes{% endif %}
{% for u in users if u.age > 25 %}{{ u.name }}{{ loop.index }}{{ loop.last }} {% else %}none{% endfor %}
{% for m in users %}{%- set tag = 'A' if m.ok else 'B' %}\n{{ tag }}: {{ m.name | trim }}\n{%- endfor %}
{% set ns = namespace(a=[]) %}{% for i in list %}{% set ns.a = ns.a + [i * 2] %}{% endfor %}{{ ns.a }} {{ ns.a[::-1] | tojson }}
'''

ERRORS = r'''
{{ missing.x }}
{{ missing['x'] }}
{{ missing + 1 }}
{{ missing() }}
{{ n() }}
{{ 'a' + 1 }}
{{ 1 + 'a' }}
{{ none + 'a' }}
{{ 1 < 'a' }}
{{ 1 in 5 }}
{{ 1 // 0 }}
{{ 1 / 0 }}
{{ 1 % 0 }}
{{ n | length }}
{{ n | list }}
{% for x in 5 %}{% endfor %}
{% for a, b in [1] %}{% endfor %}
{% for a, b in [(1, 2, 3)] %}{% endfor %}
{{ raise_exception('No ' ~ name) }}
{{ range | tojson }}
{{ missing | tojson }}
{% set n.x = 1 %}
{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{% endmacro %}{{ m(b=1) }}
{{ list.append(4) }}
{{ dict.update({}) }}
{{ name.__class__.__mro__ }}
{{ (users | map(attribute='name'))[0].x }}
{{ users | map(attribute='name') | length }}
{{ 'a'.split('') }}
{{ 'abc'.index('z') }}
{{ {[1]: 2} }}
{{ 'a'.startswith(1) }}
{{ name.join(1) }}
{% if %}{% endif %}
{% if t %}
{% endif %}
{% for x in %}{% endfor %}
{% for x in list %}
{{ n
{{ n }
{% unknown %}
{{ n | nofilter }}
{{ n is notest }}
{{ 'abc }}
{{ [1, 2 }}
{{ (1 }}
{{ ) }}
{{ 1 + }}
{{ a b }}
{{ n | }}
{{ n. }}
{# never closed
{% raw %} x
{% set %}
{% set x %}
{% macro %}{% endmacro %}
{% call n %}{% endcall %}
{{ f(a=1, 2) }}
{% else %}
{{ $ }}
{{ -name }}
{{ -missing }}
{{ list[none:missing] }}
{{ list[::0] }}
{{ 'a' % 1 }}
{{ '%s %s' % 'a' }}
{{ '{}'.format() }}
{{ '{' .format(1) }}
{{ 3 | batch(2) | list }}
{{ list | map('nofilter') | list }}
{{ list | select('notest') | list }}
{{ 'x' | round }}
{{ 5 | replace }}
'''


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.Scope(body).set_lineno(line)


def raise_exception(message):
    raise TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    env = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, "jinja2.ext.loopcontrols"])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda f: datetime(2026, 3, 5, 12, 0, 0).strftime(f)
    del env.globals["cycler"], env.globals["lipsum"]
    return env


def main():
    env = environment()
    cases, errors = [], []
    for line in TEMPLATES.strip("\n").split("\n"):
        source = line
        source = "".join(unescaped(source))
        cases.append({"template": source, "expected": env.from_string(source).render(**CONTEXT)})
    for line in ERRORS.strip("\n").split("\n"):
        try:
            found = env.from_string(line).render(**CONTEXT)
        except Exception as e:
            errors.append({"template": line, "kind": type(e).__name__})
        else:
            raise SystemExit(f"no error: {line} gives {found}")
    with open("cases.json", "w") as out:
        json.dump({"context": CONTEXT, "cases": cases, "errors": errors}, out, indent=1, ensure_ascii=True)
        out.write("\n")


def unescaped(line):
    """Newlines and tabs between the marks; inside of them the escapes are Jinja2's own."""
    inside = False
    i = 0
    while i < len(line):
        two = line[i:i + 2]
        if two in ("{{", "{%", "{#"):
            inside = True
        if two in ("}}", "%}", "#}"):
            inside = False
        if not inside and two in (r"\n", r"\t"):
            yield "\n" if two == r"\n" else "\t"
            i += 2
            continue
        yield line[i]
        i += 1


if __name__ == "__main__":
    main()
