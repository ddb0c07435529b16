# SPDX-License-Identifier: BSL-1.0
"""Every example in a docstring runs and prints what it says, and every public name has a docstring."""
import doctest
import inspect

import pytest

import crowdrules

try:
    import numpy
except ImportError:
    pass
else:
    if int(numpy.__version__.partition(".")[0]) >= 2:  # which else prints np.int64(364) where 1 printed 364
        numpy.set_printoptions(legacy="1.25")

NAMESPACE = {name: getattr(crowdrules, name) for name in crowdrules.__all__}
COLUMNS = {name: getattr(crowdrules.columns, name) for name in crowdrules.columns.__all__}


def documented():
    yield "crowdrules", crowdrules.__doc__
    for name in crowdrules.__all__:
        value = getattr(crowdrules, name)
        if inspect.ismodule(value) or isinstance(value, str):
            continue
        yield name, value.__doc__
        if inspect.isclass(value):
            for member, inner in vars(value).items():
                if not member.startswith("_"):
                    inner = inner.__func__ if isinstance(inner, staticmethod) else inner
                    if callable(inner) or isinstance(inner, property):
                        yield f"{name}.{member}", inner.__doc__
    yield "columns", crowdrules.columns.__doc__
    for name, value in COLUMNS.items():
        yield f"columns.{name}", value.__doc__


EXAMPLES = [(name, text) for name, text in documented() if text and ">>>" in text]


@pytest.mark.parametrize("name,text", EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_example(name, text):
    names = {**NAMESPACE, "cr": crowdrules, **(COLUMNS if name.startswith("columns") else {})}
    test = doctest.DocTestParser().get_doctest(text, names, name, None, None)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL, verbose=False)
    said = []
    runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)


def test_every_field_of_a_value_says_what_it_means():
    fields = {f"{name}.{field}": getattr(value, field).__doc__
              for name, value in NAMESPACE.items() for field in getattr(value, "_fields", ())}
    assert len(fields) > 300
    assert [name for name, text in fields.items() if not text] == []
    assert fields["FeeBand.rate"] == "0.05 for 5%; a share: \"5%\" or \"0.05\", 0% to 100%"
    assert fields["FeeBand.rate"] in crowdrules.FeeBand.__doc__


def test_every_public_name_is_documented():
    bare = [name for name, text in documented() if not text and "." not in name]
    assert bare == []
