// SPDX-License-Identifier: BSL-1.0
// JSON writer: writes every described value as JSON, fields in the order of their description.
//
//   std::string line;  JsonWriter(line, {terms.currency, terms.model.measure}).write(event);
//   {"at":"2012-04-11T07:00:00Z","event":"pledge_made","pledge":1,"backer":7,"amount":"115.00"}
//
// What is empty and read back as empty is left out. Amounts are texts with all the decimals of their currency.
#pragma once

#include "counted_in.hpp"
#include <schema/fields.hpp>
#include <string>

namespace crowdrules::detail {

/// Appends `text` in quotes. Throws ContractViolation when it is not UTF-8.
void append_json_text(std::string& out, std::string_view text);
/// The text with U+FFFD for what is not UTF-8, as errors show what they found.
[[nodiscard]] std::string as_utf8(std::string_view text);

class JsonWriter : public Fields {
  public:
    JsonWriter(std::string& out, CountedIn counted_in) : out_(out), counted_in_(counted_in) {}

    /// Appends a value of any kind.
    template <class T>
    void write(const T& value) {
        write_value(value_of(value));
    }
    void write_value(Value value);

  private:
    void on_field(const Field& field, Value value) override;
    void write_plain(const Field& field, Value value);
    void write_amount(const Field& field, Value minor);
    void write_digest(const Field& field, std::uint64_t bits);
    void write_beside(const Field& field, Value variant);
    void write_record(Value value);
    void write_list(const ListType& type, void* at);
    void write_table(const TableType& type, void* at);
    void write_currency(const Currency& currency);
    void write_whole(const WholeType& type, const void* at);
    void separate();
    void key(std::string_view name);
    /// Text that needs no escapes.
    void quote(std::string_view text);

    std::string& out_;
    CountedIn counted_in_;
};

/// For what has no amounts in it.
inline constexpr CountedIn no_amounts{USD};

template <class T>
[[nodiscard]] std::string json_of(const T& value, CountedIn counted_in) {
    std::string out;
    JsonWriter(out, counted_in).write(value);
    return out;
}

}  // namespace crowdrules::detail
