// SPDX-License-Identifier: BSL-1.0
#include "json_schema.hpp"

#include <crowdrules/core/contract.hpp>

#include "json_writer.hpp"
#include <campaign/describe.hpp>

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

std::string listed(const std::vector<std::string>& all) {
    std::string list;
    for (const std::string& one : all) (list += list.empty() ? "" : ",") += one;
    return list;
}

/// One definition for all records that are written in one way: an alternative's fields stand beside the others, so
/// there is a way for each.
class RecordSchema : public Fields {
  public:
    explicit RecordSchema(JsonSchema& schema) : schema_(schema) {}

    void add(Value record) { go_over(record); }
    void add(std::string_view name, const std::string& schema, bool is_required) {
        for (Way& way : ways_) {
            way.properties.push_back(quoted(name) + ":" + schema);
            if (is_required) way.required.push_back(quoted(name));
        }
    }
    [[nodiscard]] std::string text() const {
        std::vector<std::string> all;
        for (const Way& way : ways_) {
            std::string one = "{\"type\":\"object\",\"properties\":{" + listed(way.properties) + "}";
            if (!way.required.empty()) one += ",\"required\":[" + listed(way.required) + "]";
            all.push_back(one + ",\"additionalProperties\":false}");
        }
        return JsonSchema::any_of(all);
    }

  private:
    struct Way {
        std::vector<std::string> properties, required;
    };

    void on_field(const Field& field, Value value) override {
        if (field.role == Role::counted_in) return;
        if (field.role == Role::beside) return add_beside(field, value);
        add(field.name, schema_.of(field, value), field.presence == Presence::required);
    }
    void add_beside(const Field& field, Value variant) {
        std::vector<Way> ways;
        for (const OneOfType::Alternative& alternative : static_cast<const OneOfType&>(variant.type).alternatives) {
            RecordSchema inner(schema_);
            inner.add(field.name, JsonSchema::constant(alternative.name), true);
            inner.add({alternative.type(), alternative.emplace(variant.at, USD)});
            for (const Way& before : ways_)
                for (const Way& beside : inner.ways_) {
                    Way& way = ways.emplace_back(before);
                    way.properties.insert(way.properties.end(), beside.properties.begin(), beside.properties.end());
                    way.required.insert(way.required.end(), beside.required.begin(), beside.required.end());
                }
        }
        ways_ = std::move(ways);
    }

    JsonSchema& schema_;
    std::vector<Way> ways_{1};
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

std::string JsonSchema::whole(const WholeType& type) const {
    std::string schema = "{\"type\":\"integer\"";
    // Most of what checks a schema takes bounds of 64 bits for binary floating point.
    if (type.size < sizeof(std::int64_t))
        schema += ",\"minimum\":" + to_text(Decimal::of(least_of(type), 0)) +
                  ",\"maximum\":" + to_text(Decimal::of(greatest_of(type), 0));
    else if (!type.has_sign)
        schema += ",\"minimum\":0";
    return schema + "}";
}

std::string JsonSchema::list_of(const Type& list, void* at, std::string_view called, bool is_set) {
    const auto& type = static_cast<const ListType&>(list);
    return "{\"type\":\"array\",\"items\":" + of({type.item(), type.add(at, USD)}, called) +
           (is_set ? ",\"uniqueItems\":true}" : "}");
}

std::string JsonSchema::later(const Type& type, std::string_view called) {
    if (type.is<Node>()) return anything_;
    std::vector<std::string> forms;
    static_cast<const LaterType&>(type).forms([&](Value nothing) { forms.push_back(of(nothing, called)); });
    return any_of(forms);
}

std::string JsonSchema::record(Value nothing, std::string_view called) {
    const auto [known, is_new] = records_.try_emplace({*nothing.type.cpp, ids_are_named_});
    if (is_new) {
        const std::string name = known->second = free_name(called);
        definitions_.emplace(name, "{}");  // a record may hold others of its own type
        RecordSchema fields(*this);
        fields.add(nothing);
        const auto more = added_.find(*nothing.type.cpp);
        definitions_[name] =
            more == added_.end() ? fields.text() : "{\"allOf\":[" + fields.text() + "," + more->second + "]}";
    }
    return reference(known->second);
}

std::string JsonSchema::fields_of(Value record, Wanted wanted) {
    ChosenFields fields(*this, wanted);
    fields.add(record);
    return fields.text();
}

std::string JsonSchema::of(const Field& field, Value nothing) {
    static constexpr Basic amount{"an-amount", "^-?[0-9][0-9,]*(\\.[0-9]+)?$",
                                  "an amount, in the currency that stands above, as text: \"115.00\""};
    static constexpr Basic digest{"a-digest", "^[0-9a-fA-F]{16}$", "16 hexadecimal digits"};
    switch (field.role) {
        case Role::amount:
            return basic(amount);
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
    return of(nothing, field.name);
}

std::string JsonSchema::of(Value nothing, std::string_view called) {
    const Type& type = nothing.type;
    void* const at = nothing.at;
    switch (type.kind) {
        case Kind::flag:
            return "{\"type\":\"boolean\"}";
        case Kind::whole:
            return whole(static_cast<const WholeType&>(type));
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
            return one_of(static_cast<const EnumerationType&>(type).names());
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
