// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/citation.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace crowdrules;

TEST_SUITE("core") {
    TEST_CASE("a citation says where, when and how well it is known") {
        CHECK(to_text(Citation{"help centre, article 115005028634", "2026-11", Evidence::official}) ==
              "help centre, article 115005028634, read 2026-11 [official]");
        CHECK(to_text(Citation{"terms of this campaign", "", Evidence::agreed}) == "terms of this campaign [agreed]");
        CHECK(to_text(Citation{"", "2026-11", Evidence::derived}) == "read 2026-11 [derived]");
        CHECK(to_text(Citation{}) == "[agreed]");
    }

    TEST_CASE("every grade of evidence has a name of its own") {
        std::set<std::string_view> names;
        for (const Evidence grade : {Evidence::official, Evidence::code, Evidence::secondary, Evidence::derived,
                                     Evidence::inferred, Evidence::agreed})
            names.insert(to_text(grade));
        CHECK(names == std::set<std::string_view>{"official", "code", "secondary", "derived", "inferred", "agreed"});
    }
}
