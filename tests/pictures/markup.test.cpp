// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <pictures/markup.hpp>

using crowdrules::detail::escaped;
using crowdrules::detail::Markup;

TEST_SUITE_BEGIN("pictures");

TEST_CASE("markup: whatever people write stays text") {
    CHECK(escaped("<script>alert('x')</script>") == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    CHECK(escaped("a & b \"c\"") == "a &amp; b &quot;c&quot;");
    CHECK(escaped("&lt;") == "&amp;lt;");
    CHECK(escaped("כוס 電気 🎉") == "כוס 電気 🎉");
}

TEST_CASE("markup: bytes that are not UTF-8, and characters that no document may hold, are replaced") {
    CHECK(escaped("a\xFF"
                  "b") ==
          "a\uFFFD"
          "b");
    CHECK(escaped("cut \xE9\x9B") == "cut \uFFFD\uFFFD");
    CHECK(escaped("\xC0\x80 overlong") == "\uFFFD\uFFFD overlong");
    CHECK(escaped("\xED\xA0\x80 surrogate") == "\uFFFD\uFFFD\uFFFD surrogate");
    CHECK(escaped("\xF5\x80\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(escaped(std::string("nul\0byte", 8)) ==
          "nul\uFFFD"
          "byte");
    CHECK(escaped("\x1b[1m") == "\uFFFD[1m");
    CHECK(escaped("tab\tand\nline") == "tab\tand\nline");
}

TEST_CASE("markup: attributes are escaped, and what is open is closed at the end") {
    Markup markup;
    markup.open("p", {{"title", "\"><script>"}}).foreign("<b>").open("i").text("x");
    CHECK(markup.take() == "<p title=\"&quot;&gt;&lt;script&gt;\"><bdi>&lt;b&gt;</bdi><i>x</i></p>");
    CHECK(markup.take().empty());
    CHECK_THROWS(markup.close());
}

TEST_SUITE_END();
