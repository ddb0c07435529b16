// SPDX-License-Identifier: BSL-1.0
#include "json_writer.hpp"

#include <crowdrules/core/contract.hpp>

#include <charconv>

namespace crowdrules::detail {

void JsonWriter::on_field(const Field& field, Value value) {
    switch (field.role) {
        case Role::counted_in:
            counted_in_.measure = measure_of(value);
            return;
        case Role::measure:
            counted_in_.measure = as<campaign::Measure>(value.at);
            return write_plain(field, value);
        case Role::currency:
            counted_in_.currency = as<Currency>(value.at);
            key(field.name);
            return write_currency(counted_in_.currency);
        case Role::amount:
            return write_amount(field, value);
        case Role::measured:
            return counted_in_.measure == campaign::Measure::money ? write_amount(field, value)
                                                                   : write_plain(field, value);
        case Role::digest:
            return write_digest(field, as<std::uint64_t>(value.at));
        case Role::beside:
            return write_beside(field, value);
        case Role::plain:
        case Role::added:
            return write_plain(field, value);
    }
}

void JsonWriter::write_plain(const Field& field, Value value) {
    const bool may_be_left_out = field.presence == Presence::optional;
    if (may_be_left_out && is_empty(value)) return;
    const auto before = out_.size();
    key(field.name);
    const auto begin = out_.size();
    write_value(value);
    // A table of which everything was left out.
    if (may_be_left_out && value.type.kind != Kind::optional && std::string_view(out_).substr(begin) == "{}")
        out_.resize(before);
}

void JsonWriter::write_amount(const Field& field, Value minor) {
    if (field.presence == Presence::optional && is_empty(minor)) return;
    const void* const at =
        minor.type.kind == Kind::optional ? static_cast<const OptionalType&>(minor.type).get(minor.at) : minor.at;
    key(field.name);
    quote(to_amount_text(Money(as<std::int64_t>(at), counted_in_.currency)));
}

void JsonWriter::write_digest(const Field& field, std::uint64_t bits) {
    if (bits == 0) return;
    constexpr std::string_view digits = "0123456789abcdef";
    key(field.name);
    out_ += '"';
    for (int shift = 60; shift >= 0; shift -= 4) out_ += digits[bits >> shift & 15];
    out_ += '"';
}

void JsonWriter::write_beside(const Field& field, Value variant) {
    const auto& type = static_cast<const OneOfType&>(variant.type);
    const OneOfType::Alternative& alternative = type.alternatives[type.index(variant.at)];
    key(field.name);
    quote(alternative.name);
    go_over({alternative.type(), type.get(variant.at)});
}

void JsonWriter::write_record(Value value) {
    out_ += '{';
    JsonWriter(out_, counted_in_).go_over(value);
    out_ += '}';
}

void JsonWriter::write_list(const ListType& type, void* at) {
    out_ += '[';
    const std::size_t count = type.count(at);
    for (std::size_t i = 0; i < count; ++i) {
        separate();
        write_value({type.item(), type.item_at(at, i)});
    }
    out_ += ']';
}

void JsonWriter::write_table(const TableType& type, void* at) {
    out_ += '{';
    struct Context {
        JsonWriter& writer;
        const Type& item;
    } context{*this, type.item()};
    type.each(at, &context, [](void* in, const std::string& name, void* item) {
        const auto& [writer, item_type] = as<Context>(in);
        writer.separate();
        append_json_text(writer.out_, name);
        writer.out_ += ':';
        writer.write_value({item_type, item});
    });
    out_ += '}';
}

void JsonWriter::write_whole(const WholeType& type, const void* at) {
    const Int128 number = whole_of(type, at);
    expects(type.size <= sizeof(std::uint64_t), "numbers in JSON are of at most 64 bits");
    char digits[24];
    const auto written = number < 0
                             ? std::to_chars(digits, digits + sizeof(digits), static_cast<std::int64_t>(number))
                             : std::to_chars(digits, digits + sizeof(digits), static_cast<std::uint64_t>(number));
    out_.append(digits, written.ptr);
}

void JsonWriter::write_value(Value value) {
    const Type& type = value.type;
    switch (type.kind) {
        case Kind::flag:
            out_ += as<bool>(value.at) ? "true" : "false";
            return;
        case Kind::whole:
            return write_whole(static_cast<const WholeType&>(type), value.at);
        case Kind::text:
            return append_json_text(out_, as<std::string>(value.at));
        case Kind::instant: {
            const Instant at = as<Instant>(value.at);
            return quote(at == never ? "never" : to_text(at));
        }
        case Kind::elapsed:
            return quote(to_text(as<Elapsed>(value.at)));
        case Kind::date:
            return quote(to_text(as<Date>(value.at)));
        case Kind::decimal:
            return quote(to_text(as<Decimal>(value.at)));
        case Kind::money:
            return quote(to_text(as<Money>(value.at)));
        case Kind::currency:
            return write_currency(as<Currency>(value.at));
        case Kind::id:
            out_ += std::to_string(as<std::uint64_t>(value.at));
            return;
        case Kind::enumeration: {
            const auto& enumeration = static_cast<const EnumerationType&>(type);
            return quote(enumeration.names[static_cast<std::size_t>(whole_of(type, value.at))]);
        }
        case Kind::optional: {
            const auto& optional = static_cast<const OptionalType&>(type);
            return write_value({optional.item(), optional.get(value.at)});
        }
        case Kind::list:
            return write_list(static_cast<const ListType&>(type), value.at);
        case Kind::set: {
            const auto& set = static_cast<const SetType&>(type);
            struct Context {
                JsonWriter& writer;
                const ListType& items;
            } context{*this, list_type(set.items)};
            return set.read(value.at, &context, [](void* in, void* list) {
                const auto& [writer, items] = as<Context>(in);
                writer.write_list(items, list);
            });
        }
        case Kind::table:
            return write_table(static_cast<const TableType&>(type), value.at);
        case Kind::dated: {
            const auto& dated = static_cast<const DatedType&>(type);
            return write_list(list_type(dated.rows), dated.get(value.at));
        }
        case Kind::shared: {
            const auto& shared = static_cast<const SharedType&>(type);
            void* const item = shared.get(value.at);
            expects(item != nullptr, "what is written is there: an event that begins a life has its terms");
            return write_value({shared.item(), item});
        }
        case Kind::record:
            return write_record(value);
        case Kind::one_of:
        case Kind::other:
            break;
    }
    expects(false, "every other kind of value can be written");
}

void JsonWriter::write_currency(const Currency& currency) {
    const auto known = Currency::iso(currency.code());
    if (known && *known == currency) return quote(currency.code());
    out_ += "{\"code\":";
    quote(currency.code());
    out_ += ",\"digits\":" + std::to_string(currency.digits()) + '}';
}

void JsonWriter::separate() {
    if (out_.back() != '{' && out_.back() != '[') out_ += ',';
}

void JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
}

void JsonWriter::quote(std::string_view text) {
    out_ += '"';
    out_ += text;
    out_ += '"';
}

}  // namespace crowdrules::detail
