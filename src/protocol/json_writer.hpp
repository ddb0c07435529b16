// SPDX-License-Identifier: BSL-1.0
// JSON writer: the visitor that writes every described value as JSON, fields in the order of their description.
//
//   std::string line;  JsonWriter(line, {terms.currency, terms.model.measure}).write(event);
//   {"at":"2012-04-11T07:00:00Z","event":"pledge_made","pledge":1,"backer":7,"amount":"115.00"}
//
// What is empty and read back as empty is left out. Amounts are texts with all the decimals of their currency.
#pragma once

#include <crowdrules/time/dated.hpp>

#include "counted_in.hpp"
#include <campaign/describe.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crowdrules::detail {

/// Appends `text` in quotes. Throws ContractViolation when it is not UTF-8.
void append_json_text(std::string& out, std::string_view text);

class JsonWriter {
  public:
    JsonWriter(std::string& out, CountedIn counted_in) : out_(out), counted_in_(counted_in) {}

    /// Appends a value of any kind.
    template <class T>
    void write(const T& value) {
        if constexpr (std::is_enum_v<T>)
            quote(enumerator_name(value));
        else
            put(value);
    }

    template <class T>
    void operator()(std::string_view name, const T& field, Presence presence = {}) {
        if (presence == Presence::optional && is_empty(field)) return;
        const auto before = out_.size();
        key(name);
        const auto value = out_.size();
        write(field);
        // A table of which everything was left out.
        if (presence == Presence::optional && !is_optional(field) && std::string_view(out_).substr(value) == "{}")
            out_.resize(before);
    }
    template <class Minor>
    void amount(std::string_view name, const Minor& minor, Presence presence = {}) {
        if (presence == Presence::optional && is_empty(minor)) return;
        key(name);
        quote(to_amount_text(Money(number(minor), counted_in_.currency)));
    }
    template <class Count>
    void measured(std::string_view name, const Count& count, Presence presence = {}) {
        if (counted_in_.measure == Measure::money)
            amount(name, count, presence);
        else
            (*this)(name, count, presence);
    }
    void counted_in(Measure measure) { counted_in_.measure = measure; }
    void measure(std::string_view name, const Measure& measure, Presence presence = {}) {
        counted_in_.measure = measure;
        (*this)(name, measure, presence);
    }
    void currency(std::string_view name, const Currency& currency, Presence) {
        counted_in_.currency = currency;
        key(name);
        write(currency);
    }
    void digest(std::string_view name, const std::uint64_t& bits);
    template <class... Alternatives>
    void one_of(std::string_view name, const std::variant<Alternatives...>& variant) {
        std::visit(
            [&]<class Alternative>(const Alternative& alternative) {
                key(name);
                quote(alternative_name<Alternative>);
                describe(*this, alternative);
            },
            variant);
    }

  private:
    template <class T>
    static bool is_empty(const T& field) {
        if constexpr (requires { field.empty(); })
            return field.empty();
        else if constexpr (requires { field.has_value(); })
            return !field.has_value();
        else if constexpr (requires { field.is_none(); })
            return field.is_none();
        else if constexpr (requires { field == T{}; })
            return !requires(JsonWriter& v) { describe(v, field); } && field == T{};
        else
            return false;
    }
    template <class T>
    static constexpr bool is_optional(const T& field) {
        return requires { field.has_value(); };
    }
    static std::int64_t number(std::int64_t minor) { return minor; }
    static std::int64_t number(const std::optional<std::int64_t>& minor) { return *minor; }

    void put(bool flag) { out_ += flag ? "true" : "false"; }
    void put(std::int64_t number) { out_ += std::to_string(number); }
    void put(std::uint64_t number) { out_ += std::to_string(number); }
    void put(std::uint32_t number) { out_ += std::to_string(number); }
    void put(int number) { out_ += std::to_string(number); }
    void put(const std::string& text) { append_json_text(out_, text); }
    template <class Kind>
    void put(const Id<Kind>& id) {
        put(id.value);
    }
    void put(Instant at) { quote(at == never ? "never" : to_text(at)); }
    void put(Elapsed span) { quote(to_text(span)); }
    void put(const Date& date) { quote(to_text(date)); }
    void put(const Decimal& rate) { quote(to_text(rate)); }
    void put(const Money& amount) { quote(to_text(amount)); }
    void put(const Currency& currency);
    template <class T>
    void put(const std::optional<T>& field) {
        write(*field);
    }
    template <class T>
    void put(const std::shared_ptr<const T>& field) {
        write(*field);
    }
    template <class T>
    void put(const std::vector<T>& items) {
        out_ += '[';
        for (const T& item : items) {
            separate();
            write(item);
        }
        out_ += ']';
    }
    template <class T>
    void put(const Dated<T>& value) {
        put(value.rows());
    }
    template <class T>
    void put(const std::set<T>& items) {
        put(std::vector<T>(items.begin(), items.end()));
    }
    template <class T, class Order>
    void put(const std::map<std::string, T, Order>& table) {
        out_ += '{';
        for (const auto& [name, value] : table) {
            separate();
            append_json_text(out_, name);
            out_ += ':';
            write(value);
        }
        out_ += '}';
    }
    template <class T>
        requires requires(JsonWriter& v, const T& t) { describe(v, t); }
    void put(const T& value) {
        out_ += '{';
        JsonWriter inside(out_, counted_in_);
        describe(inside, value);
        out_ += '}';
    }

    void separate() {
        if (out_.back() != '{' && out_.back() != '[') out_ += ',';
    }
    void key(std::string_view name) {
        separate();
        quote(name);
        out_ += ':';
    }
    /// Text that needs no escapes.
    void quote(std::string_view text) {
        out_ += '"';
        out_ += text;
        out_ += '"';
    }

    std::string& out_;
    CountedIn counted_in_;
};

}  // namespace crowdrules::detail
