// SPDX-License-Identifier: BSL-1.0
#include "json_schema.hpp"

#include <crowdrules/core/contract.hpp>

#include "documentation.hpp"
#include "json_writer.hpp"
#include <algorithm>
#include <campaign/schema/terms.hpp>

namespace crowdrules::detail {

/// A kind of text: how it is called, what it looks like, and what it is.
struct JsonSchema::Basic {
    std::string_view name, pattern, description;
};

namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

std::string text_like(std::string_view pattern, std::string_view description) {
    return "{\"type\":\"string\",\"pattern\":" + quoted(pattern) + ",\"description\":" + quoted(description) + "}";
}

std::string reference(const std::string& name) {
    return "{\"$ref\":" + quoted("#/definitions/" + name) + "}";
}

/// The same schema with a text for people. Nothing that stands beside a reference counts.
std::string described(const std::string& schema, std::string_view text) {
    if (text.empty()) return schema;
    const std::string description = "{\"description\":" + quoted(text);
    if (schema == "{}") return description + "}";
    if (schema.starts_with("{\"$ref\"")) return description + ",\"allOf\":[" + schema + "]}";
    return description + "," + schema.substr(1);
}

std::string listed(const std::vector<std::string>& all) {
    std::string list;
    for (const std::string& one : all) (list += list.empty() ? "" : ",") += one;
    return list;
}

std::string object_with(const std::vector<std::string>& properties, const std::set<std::string>& required) {
    std::string schema = "\"properties\":{" + listed(properties) + "}";
    std::vector<std::string> names;
    for (const std::string& name : required) names.push_back(quoted(name));
    if (!names.empty()) schema += ",\"required\":[" + listed(names) + "]";
    return schema;
}

/// What editors look into for what can be completed; refuses nothing.
std::string for_completion(std::vector<std::string> schemas) {
    schemas.emplace_back("{}");
    return JsonSchema::any_of(schemas);
}

std::string if_then(const std::string& condition, const std::string& schema) {
    return "{\"if\":" + condition + ",\"then\":" + schema;
}

std::string all_of(const std::vector<std::string>& schemas) {
    return "{\"allOf\":[" + listed(schemas) + "]}";
}

/// The fields of a record, once for each way in which it can be written: an alternative's fields stand beside the
/// others.
class Ways : public Fields {
  public:
    struct Way {
        std::vector<std::string> properties;
        std::set<std::string> names, required;
        std::vector<std::string> tags;  ///< properties that tell which alternative it is
        std::set<std::string> tag_names;
        std::string called;  ///< by the names of the alternatives
    };

    explicit Ways(JsonSchema& schema) : schema_(schema) {}

    void add(Value record) { go_over(record); }
    [[nodiscard]] const std::vector<Way>& all() const { return all_; }

  private:
    void on_field(const Field& field, Value value) override {
        if (field.role == Role::counted_in) return;
        if (field.role == Role::beside) return add_beside(field, value);
        const std::string schema = schema_.of(field, value);
        for (Way& way : all_) add(way, field.name, schema, field.presence == Presence::required);
    }
    static void add(Way& way, std::string_view name, const std::string& schema, bool is_required) {
        way.properties.push_back(quoted(name) + ":" + schema);
        way.names.emplace(name);
        if (is_required) way.required.emplace(name);
    }
    void add_beside(const Field& field, Value variant) {
        std::vector<Way> ways;
        for (const OneOfType::Alternative& alternative : static_cast<const OneOfType&>(variant.type).alternatives) {
            Ways inner(schema_);
            inner.add({alternative.type(), alternative.emplace(variant.at, USD)});
            for (const Way& before : all_)
                for (const Way& beside : inner.all_) {
                    Way& way = ways.emplace_back(before);
                    const std::string name = JsonSchema::constant(alternative.name);
                    add(way, field.name, described(name, meaning_of({alternative.name}, alternative.type())), true);
                    way.tags.push_back(quoted(field.name) + ":" + name);
                    way.tag_names.emplace(field.name);
                    way.tag_names.insert(beside.tag_names.begin(), beside.tag_names.end());
                    way.properties.insert(way.properties.end(), beside.properties.begin(), beside.properties.end());
                    way.names.insert(beside.names.begin(), beside.names.end());
                    way.required.insert(beside.required.begin(), beside.required.end());
                    way.tags.insert(way.tags.end(), beside.tags.begin(), beside.tags.end());
                    way.called += "-" + std::string(alternative.name) + beside.called;
                }
        }
        all_ = std::move(ways);
    }

    JsonSchema& schema_;
    std::vector<Way> all_{1};
};

/// The properties of chosen fields.
class ChosenFields : public Fields {
  public:
    ChosenFields(JsonSchema& schema, JsonSchema::Wanted wanted) : schema_(schema), wanted_(wanted) {}

    void add(Value record) { go_over(record); }
    [[nodiscard]] std::string text() const { return "{\"properties\":{" + listed(properties_) + "}}"; }

  private:
    void on_field(const Field& field, Value value) override {
        if (wanted_(value)) properties_.push_back(quoted(field.name) + ":" + schema_.of(field, value));
    }

    JsonSchema& schema_;
    JsonSchema::Wanted wanted_;
    std::vector<std::string> properties_;
};

}  // namespace

std::string JsonSchema::any_of(const std::vector<std::string>& schemas) {
    const std::set<std::string> different(schemas.begin(), schemas.end());
    return different.size() == 1 ? schemas.front() : "{\"anyOf\":[" + listed(schemas) + "]}";
}

std::string JsonSchema::constant(std::string_view text) {
    return "{\"const\":" + quoted(text) + "}";
}

std::string JsonSchema::one_of(std::span<const std::string_view> texts) {
    std::vector<std::string> all;
    for (const std::string_view text : texts) all.push_back(quoted(text));
    return "{\"enum\":[" + listed(all) + "]}";
}

std::string JsonSchema::document(std::string_view title, const std::string& schema) const {
    std::vector<std::string> all;
    for (const auto& [name, definition] : definitions_) all.push_back(quoted(name) + ":" + definition);
    return "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":" + quoted(title) + ",\"allOf\":[" +
           schema + "],\"definitions\":{" + listed(all) + "}}";
}

std::string JsonSchema::define(std::string name, std::string schema) {
    definitions_.try_emplace(name, std::move(schema));
    return reference(name);
}

std::string JsonSchema::basic(const Basic& kind) {
    return define(std::string(kind.name), text_like(kind.pattern, kind.description));
}

std::string JsonSchema::free_name(std::string_view called) const {
    std::string name(called);
    for (int i = 2; definitions_.contains(name); ++i) name = std::string(called) + "-" + std::to_string(i);
    return name;
}

std::string JsonSchema::whole(const WholeType& type, const Range& range) const {
    std::string schema = "{\"type\":\"integer\"";
    const Int128 least = std::max(least_of(type), Int128{range.least});
    const Int128 greatest = std::min(greatest_of(type), Int128{range.greatest});
    // Most of what checks a schema takes bounds of 64 bits for binary floating point.
    if (least > any_number.least) schema += ",\"minimum\":" + to_text(Decimal::of(least, 0));
    if (greatest < any_number.greatest) schema += ",\"maximum\":" + to_text(Decimal::of(greatest, 0));
    return schema + "}";
}

std::string JsonSchema::list_of(const Type& list, void* at, std::string_view called, bool is_set) {
    const auto& type = static_cast<const ListType&>(list);
    return "{\"type\":\"array\",\"items\":" + of({type.item(), type.add(at, USD)}, called) +
           (is_set ? ",\"uniqueItems\":true}" : "}");
}

std::string JsonSchema::later(const Type& type, std::string_view called) {
    if (type.is<Node>()) return anything_;
    std::vector<std::string> all, records, others;
    bool has_tables = false;  // of which nothing tells that they are no record
    static_cast<const LaterType&>(type).forms([&](Value nothing) {
        all.push_back(of(nothing, called));
        has_tables |= nothing.type.kind == Kind::table;
        const bool is_record = records_.contains({*nothing.type.cpp, ids_are_named_});
        (is_record ? records : others).push_back(all.back());
    });
    if (all.size() == 1 || records.empty() || has_tables) return any_of(all);
    std::string told = told_apart(records);
    if (!others.empty()) told = if_then("{\"type\":\"object\"}", told) + ",\"else\":" + any_of(others) + "}";
    return all_of({told, for_completion(all)});
}

std::string JsonSchema::any_record(const std::vector<std::string>& references) const {
    return all_of({told_apart(references), for_completion(references)});
}

/// Which record it is tells a field that it must have and no other has.
std::string JsonSchema::told_apart(const std::vector<std::string>& references) const {
    std::vector<std::string> untold;
    std::string chain, end;
    for (const std::string& one : references) {
        std::set<std::string> own, of_others;
        for (const auto& [key, record] : records_) {
            if (reference(record.name) == one)
                own = record.required;
            else if (std::find(references.begin(), references.end(), reference(record.name)) != references.end())
                of_others.insert(record.fields.begin(), record.fields.end());
        }
        const auto tells = std::find_if(own.begin(), own.end(),
                                        [&](const std::string& field) { return !of_others.contains(field); });
        if (references.size() == 1 || tells == own.end()) {
            untold.push_back(one);
            continue;
        }
        chain += if_then("{\"required\":[" + quoted(*tells) + "]}", one) + ",\"else\":";
        end += "}";
    }
    return chain + any_of(untold.empty() ? references : untold) + end;
}

std::string JsonSchema::ways_of(Value nothing, Record& record) {
    Ways ways(*this);
    ways.add(nothing);
    record.required = ways.all().front().required;
    for (const auto& way : ways.all()) {
        record.fields.insert(way.names.begin(), way.names.end());
        std::erase_if(record.required, [&](const std::string& field) { return !way.required.contains(field); });
    }
    const auto text_of = [](const Ways::Way& way) {
        return "{\"type\":\"object\"," + object_with(way.properties, way.required) + ",\"additionalProperties\":false}";
    };
    if (ways.all().size() == 1) return text_of(ways.all().front());
    std::vector<std::string> told, conditions, all;
    for (const auto& way : ways.all()) {
        all.push_back(define(free_name(record.name + way.called), text_of(way)));
        conditions.push_back("{" + object_with(way.tags, way.tag_names) + "}");
        told.push_back(if_then(conditions.back(), all.back()) + "}");
    }
    told.push_back(any_of(conditions));
    told.push_back(for_completion(all));
    return all_of(told);
}

std::string JsonSchema::record(Value nothing, std::string_view called) {
    const auto [known, is_new] = records_.try_emplace({*nothing.type.cpp, ids_are_named_});
    if (is_new) {
        const std::string name = known->second.name = free_name(called);
        definitions_.emplace(name, "{}");  // a record may hold others of its own type
        std::string text = ways_of(nothing, known->second);
        const auto more = added_.find(*nothing.type.cpp);
        definitions_[name] = described(more == added_.end() ? std::move(text) : all_of({text, more->second}),
                                       documentation_of(*nothing.type.cpp));
    }
    return reference(known->second.name);
}

std::string JsonSchema::fields_of(Value record, Wanted wanted) {
    ChosenFields fields(*this, wanted);
    fields.add(record);
    return fields.text();
}

std::string JsonSchema::of(const Field& field, Value nothing) {
    return described(bare(field, nothing),
                     documentation_of(field, nothing.type, "in the currency that stands above, as text: \"115.00\""));
}

std::string JsonSchema::bare(const Field& field, Value nothing) {
    static constexpr Basic amount{"an-amount", "^-?[0-9][0-9,]*(\\.[0-9]+)?$",
                                  "an amount, in the currency that stands above, as text: \"115.00\""};
    static constexpr Basic amount_from_zero{"an-amount-from-zero", "^[0-9][0-9,]*(\\.[0-9]+)?$",
                                            "an amount that is not negative, as text: \"115.00\""};
    static constexpr Basic number_from_zero{"a-number-from-zero", "^[0-9]+(\\.[0-9]+)?%?$",
                                            "a number, rate or share that is not negative: \"2.9%\" or \"0.029\""};
    static constexpr Basic digest{"a-digest", "^[0-9a-fA-F]{16}$", "16 hexadecimal digits"};
    switch (field.role) {
        case Role::amount:
            return basic(field.range.least < 0 ? amount : amount_from_zero);
        case Role::measured:
            // Which of the two is right depends on the measure beside it, or above.
            return any_of(
                {basic(amount), "{\"type\":\"integer\",\"description\":\"a count, where that is the measure\"}"});
        case Role::digest:
            return basic(digest);
        case Role::plain:
        case Role::added:
        case Role::measure:
        case Role::currency:
        case Role::counted_in:
        case Role::beside:
            break;
    }
    if (nothing.type.kind == Kind::optional) {
        const auto& optional = static_cast<const OptionalType&>(nothing.type);
        return bare({field.name, {}, Role::plain, field.range}, {optional.item(), optional.emplace(nothing.at, USD)});
    }
    if (nothing.type.kind == Kind::whole) return whole(static_cast<const WholeType&>(nothing.type), field.range);
    if (nothing.type.kind == Kind::decimal && field.range.least >= 0) return basic(number_from_zero);
    return of(nothing, field.name);
}

std::string JsonSchema::of(Value nothing, std::string_view called) {
    const Type& type = nothing.type;
    void* const at = nothing.at;
    switch (type.kind) {
        case Kind::flag:
            return "{\"type\":\"boolean\"}";
        case Kind::whole:
            return whole(static_cast<const WholeType&>(type), any_number);
        case Kind::text:
            return "{\"type\":\"string\"}";
        case Kind::instant:
            return basic({"an-instant", "^(never|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].+)$",
                          "a point in time: 2012-05-19T03:00:00Z; in terms also \"2012-05-18 20:00 Asia/Tokyo\""});
        case Kind::elapsed:
            return basic({"a-length-of-time", "^[0-9]+ [a-z]+$", "a length of time: \"48 hours\""});
        case Kind::date:
            return basic({"a-date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a day: 2012-04-11"});
        case Kind::decimal:
            return basic({"a-number", "^-?[0-9]+(\\.[0-9]+)?%?$",
                          "an exact number, rate or share, as text: \"2.9%\" or \"0.029\""});
        case Kind::money:
            return basic({"money-of-a-currency", "^([A-Z][A-Z0-9]* )?-?[0-9][0-9,]*(\\.[0-9]+)?( [A-Z][A-Z0-9]*)?$",
                          "an amount as text, with its currency or without: \"115.00\", \"115.00 USD\""});
        case Kind::currency:
            return define("a-currency", "{\"anyOf\":[" + text_like("^[A-Z]{3}$", "a code of ISO 4217: \"USD\"") +
                                          ",{\"type\":\"object\",\"properties\":{\"code\":{\"type\":\"string\"},"
                                          "\"digits\":{\"type\":\"integer\",\"minimum\":0}},"
                                          "\"required\":[\"code\",\"digits\"],\"additionalProperties\":false}]}");
        case Kind::id:
            return ids_are_named_
                       ? define("a-name-or-number", "{\"type\":[\"string\",\"integer\"],\"minimum\":0,\"description\":"
                                                  "\"a name that the story brings in, or a number\"}")
                       : define("an-id", "{\"type\":\"integer\",\"minimum\":0,\"description\":\"a number from 1\"}");
        case Kind::enumeration:
            return one_of(static_cast<const EnumerationType&>(type).names);
        case Kind::optional: {
            const auto& optional = static_cast<const OptionalType&>(type);
            return of({optional.item(), optional.emplace(at, USD)}, called);
        }
        case Kind::list:
            return list_of(type, at, called, false);
        case Kind::set:
        case Kind::dated: {
            struct Context {
                JsonSchema& schema;
                const Type& list;
                std::string_view called;
                bool is_set;
                std::string text;
            };
            const UseList describe_list = [](void* in, void* list) {
                auto& context = as<Context>(in);
                context.text = context.schema.list_of(context.list, list, context.called, context.is_set);
                static_cast<const ListType&>(context.list).clear(list, 0);
            };
            if (type.kind == Kind::set) {
                const auto& set = static_cast<const SetType&>(type);
                Context context{*this, set.items(), called, true, {}};
                set.write(at, &context, describe_list);
                return context.text;
            }
            const auto& dated = static_cast<const DatedType&>(type);
            Context context{*this, dated.rows(), called, false, {}};
            dated.write(at, &context, describe_list);
            return context.text;
        }
        case Kind::table: {
            const auto& table = static_cast<const TableType&>(type);
            return "{\"type\":\"object\",\"additionalProperties\":" +
                   of({table.item(), table.entry(at, std::string(called))}, called) + "}";
        }
        case Kind::shared: {
            const auto& shared = static_cast<const SharedType&>(type);
            return of({shared.item(), shared.make(at)}, called);
        }
        case Kind::record:
            // What the reader takes as a text as well.
            if (type.is<Cadence>())
                return any_of({basic({"how-often", "^[0-9]+ [a-z]+(, overflow)?$", "how often: \"3 months\""}),
                               record(nothing, "cadence")});
            if (type.is<Rounding>())
                return any_of({of(value_of(as<Rounding>(at).mode), "mode"), record(nothing, "rounding")});
            return record(nothing, called);
        case Kind::other:
            return later(type, called);
        case Kind::one_of:
            break;
    }
    expects(false, "every other kind of value has a schema");
    return {};
}

}  // namespace crowdrules::detail
