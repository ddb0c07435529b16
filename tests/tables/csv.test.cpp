// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/csv.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows(std::string_view text) {
    const auto records = parse_csv(text).value();
    Rows all;
    for (const CsvRecord& record : records) all.push_back(record.fields);
    return all;
}

std::string error(std::string_view text) {
    return to_text(parse_csv(text, "table.csv").error());
}

}  // namespace

TEST_SUITE_BEGIN("tables");

TEST_CASE("csv: fields are separated by commas and records by line ends of either kind") {
    CHECK(rows("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(rows("a,b\r\n1,2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(rows("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(rows("a,b\n\n,\n") == Rows{{"a", "b"}, {"", ""}});
    CHECK(rows("a\n\"\"\n") == Rows{{"a"}, {""}});
    CHECK(rows("").empty());
    CHECK(rows("\xef\xbb\xbftitle\nx") == Rows{{"title"}, {"x"}});
    CHECK(rows("a\rb\n") == Rows{{"a\rb"}});
}

TEST_CASE("csv: a quoted field holds commas, doubled quotes and line ends") {
    CHECK(rows("\"a,b\",\"say \"\"hi\"\"\"\n") == Rows{{"a,b", "say \"hi\""}});
    CHECK(rows("\"two\nlines\",x\n") == Rows{{"two\nlines", "x"}});
    CHECK(rows("\"two\r\nlines\"") == Rows{{"two\r\nlines"}});
    CHECK(rows("\"\"\"\"") == Rows{{"\""}});
}

TEST_CASE("csv: a record knows its line, also after a field of several lines") {
    const auto records = parse_csv("a\n\"1\n2\n3\"\nb\n").value();
    REQUIRE(records.size() == 3);
    CHECK(records[1].line == 2);
    CHECK(records[2].line == 5);
}

TEST_CASE("csv: what is not RFC 4180 is refused with its place") {
    CHECK(error("a,b\n1,say \"hi\"\n") ==
          "table.csv:2:7: a quote inside a field that does not begin with one; found \"say \"\", expected the whole "
          "field in quotes, and each quote inside it doubled");
    CHECK(error("\"a\"b,c\n") ==
          "table.csv:1:4: text after the quote that closes a field; found \"b\", expected a comma or the end of the "
          "line");
    CHECK(error("a\n\"never\nclosed") ==
          "table.csv:2:1: a quoted field that does not end; found \"the end of the text\", expected a closing quote");
    CHECK(error("a,b\n1\n") ==
          "table.csv:2:1: a record of another length than the first; found \"1 field\", expected 2 fields as in the "
          "first record");
    CHECK(error("a\n1,2\n") ==
          "table.csv:2:1: a record of another length than the first; found \"2 fields\", expected 1 field as in the "
          "first record");
}

TEST_SUITE_END();
