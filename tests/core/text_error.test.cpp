// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/text_error.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

TEST_SUITE("core") {
    TEST_CASE("an error of text reads like a compiler's: place, what, found, expected") {
        const TextError error{{"pack.toml", 12, 9}, "3 decimals, but USD has 2", "10.505", "at most 2 decimals"};
        CHECK(to_text(error) ==
              "pack.toml:12:9: 3 decimals, but USD has 2; found \"10.505\", expected at most 2 decimals");
    }

    TEST_CASE("an error of text leaves out what is not known") {
        TextError error{{"", 0, 0}, "no amount", "", ""};
        CHECK(to_text(error) == "no amount");
        error.expected = "115.00 USD";
        CHECK(to_text(error) == "no amount; expected 115.00 USD");
        error.found = "?";
        CHECK(to_text(error) == "no amount; found \"?\", expected 115.00 USD");
        error.where.source = "pack.toml";
        CHECK(to_text(error).starts_with("pack.toml: no amount"));
        error.where.column = 9;
        CHECK(to_text(error).starts_with("pack.toml: no amount"));
        error.where.line = 12;
        CHECK(to_text(error).starts_with("pack.toml:12:9: no amount"));
        error.where.source.clear();
        error.where.column = 0;
        CHECK(to_text(error).starts_with("12: no amount"));
    }

    TEST_CASE("an error of text is one line that does nothing to a terminal, whatever it quotes") {
        const TextError error{{"a\x1b[31m.toml", 1, 0}, "two\nlines", "\xc2\x9b, \x7f, but \xc3\xa9", ""};
        CHECK(to_text(error) == "a\\x1b[31m.toml:1: two\\x0alines; found \"\\x9b, \\x7f, but \xc3\xa9\"");
    }

    TEST_CASE("an error in a text given directly stands in its first line") {
        const TextError error = text_error_at(6, "what", "found", "expected");
        CHECK(error == TextError{{"", 1, 6}, "what", "found", "expected"});
    }
}
