// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <protocol/document.hpp>
#include <protocol/documentation.hpp>
#include <protocol/json_schema.hpp>
#include <protocol/json_writer.hpp>
#include <protocol/reader.hpp>
#include <schema/fingerprint.hpp>
#include <schema/range.hpp>

namespace crowdrules::detail {
namespace {

enum class Size : std::uint8_t { small, large };

struct Mug {
    std::string name;
    std::int64_t price = 0;
    Size size = Size::small;
    std::vector<Mug> with;
};
/// The field that a mug gets further.
struct DatedMug : Mug {
    std::optional<Date> made_on;
};

}  // namespace

namespace {

inline void describe(Fields& v, Mug& mug) {
    v("name", mug.name, required);
    v.amount("price", mug.price, from_zero);
    v("size", mug.size);
    v("with", mug.with);
}
inline void describe(Fields& v, DatedMug& mug) {
    v(static_cast<Mug&>(mug));
    v("made_on", mug.made_on);
}

template <class T>
nlohmann::json schema_of() {
    JsonSchema schema;
    T nothing;
    const std::string of = schema.of(value_of(nothing), "mug");
    return nlohmann::json::parse(schema.document("A mug", of));
}

template <class T>
std::string wrong_with(std::string_view toml, T& value) {
    const auto node = parse_toml(toml, "mug.toml");
    REQUIRE(node);
    Findings findings;
    read(*node, value, {USD}, findings);
    return to_text(findings);
}

TEST_CASE("A field that is described once is in files, in JSON, in fingerprints and in the schema") {
    constexpr std::string_view text = "name = 'Mug'\nprice = '20.00'\nmade_on = 2012-04-11";
    Mug mug;
    CHECK(wrong_with(text, mug).find("'made_on' is no field here") != std::string::npos);
    CHECK_FALSE(schema_of<Mug>()["definitions"]["mug"]["properties"].contains("made_on"));

    DatedMug dated;
    CHECK(wrong_with(text, dated).empty());
    CHECK(to_text(*dated.made_on) == "2012-04-11");
    std::string json;
    JsonWriter(json, {USD}).write(dated);
    CHECK(json == R"({"name":"Mug","price":"20.00","made_on":"2012-04-11"})");
    DatedMug older = dated;
    older.made_on = date("2012-04-10");
    CHECK(fingerprint_of_value(value_of(older)) != fingerprint_of_value(value_of(dated)));
    const auto schema = schema_of<DatedMug>();
    CHECK(schema["definitions"]["mug"]["properties"]["made_on"]["allOf"][0]["$ref"] == "#/definitions/a-date");
}

TEST_CASE("A number out of the range of its field is refused where it stands") {
    Mug mug;
    CHECK(wrong_with("name = 'Mug'\nprice = '0.00'", mug).empty());
    const std::string wrong = wrong_with("name = 'Mug'\nprice = '-0.01'", mug);
    CHECK(wrong.find("mug.toml:2:") != std::string::npos);
    CHECK(wrong.find("at least 0.00 USD") != std::string::npos);
    mug.with = {{.name = "Small", .price = -5}};
    const auto found = out_of_range(value_of(mug), USD);
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == "price");
    CHECK(found[1].path == "with[1].price");
    CHECK(found[1].what == "it is -0.05 USD");
    CHECK(found[1].accepted == "at least 0.00 USD");
}

TEST_CASE("What a field means stands behind it in the header, or with all fields of its name") {
    const auto meaning = []<class T>(std::string_view name, T& value, const std::type_info& record) {
        return documentation_of({name, {}, Role::plain, part_of_all, &record}, value_of(value).type, "minor units");
    };
    FeeBand band;
    CHECK(meaning("rate", band.rate, typeid(FeeBand)) == "0.05 for 5%; a share: \"5%\" or \"0.05\", 0% to 100%");
    campaign::Terms terms;
    CHECK(meaning_of({.name = "window", .record = &typeid(campaign::Terms)}, value_of(terms.window).type) ==
          "when it opens and closes");
    // What nobody has written about the field is written about what it holds.
    CHECK(meaning_of({.name = "of no word", .record = &typeid(campaign::Terms)}, value_of(terms.paused_clock).type) ==
          documentation_of(typeid(campaign::ClockWhilePaused)));
    CHECK_FALSE(documentation_of(typeid(campaign::ClockWhilePaused)).empty());
    CHECK(documentation_of(typeid(Mug)).empty());
}

TEST_CASE("A schema says of each field what the reader takes") {
    const auto mug = schema_of<Mug>()["definitions"]["mug"];
    CHECK(mug["required"] == nlohmann::json{"name"});
    CHECK(mug["additionalProperties"] == false);
    CHECK(mug["properties"]["name"]["type"] == "string");
    CHECK(mug["properties"]["name"]["description"] == "what it is called");
    CHECK(mug["properties"]["price"]["allOf"][0]["$ref"] == "#/definitions/an-amount-from-zero");
    CHECK(mug["properties"]["size"]["enum"] == nlohmann::json{"small", "large"});
    // A mug with mugs: records of its own type.
    CHECK(mug["properties"]["with"]["items"]["$ref"] == "#/definitions/mug");
}

TEST_CASE("What is read later has a schema of each form") {
    Later<std::string, std::vector<std::uint8_t>> later;
    JsonSchema schema;
    const auto made = nlohmann::json::parse(schema.of(value_of(later), "later"));
    CHECK(made["anyOf"][0]["type"] == "string");
    CHECK(made["anyOf"][1]["items"]["maximum"] == 255);
    Node anything;
    CHECK(schema.of(value_of(anything), "anything") == "{}");
}

TEST_CASE("An id is a number, and where names stand for ids a name as well") {
    BackerId id;
    JsonSchema schema;
    CHECK(schema.of(value_of(id), "backer") == R"({"$ref":"#/definitions/an-id"})");
    schema.name_ids(true);
    CHECK(schema.of(value_of(id), "backer") == R"({"$ref":"#/definitions/a-name-or-number"})");
}

}  // namespace
}  // namespace crowdrules::detail
