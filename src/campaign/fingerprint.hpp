// SPDX-License-Identifier: BSL-1.0
// Fingerprint: the visitor that digests every field of a command, so that a repeat is told from a conflict.
#pragma once

#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/time/dated.hpp>
#include <crowdrules/time/instant.hpp>

#include "describe.hpp"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace crowdrules::detail {

/// FNV-1a over every field of a command, names included: byte for byte the same everywhere.
class Fingerprint : public PlainFields<Fingerprint> {
  public:
    static constexpr bool passes_over_empty = true;

    template <class Field>
    void operator()(std::string_view name, const Field& field, Presence = {}) {
        add(name);
        add(field);
    }
    template <class... Alternatives>
    void one_of(std::string_view name, const std::variant<Alternatives...>& variant) {
        add(name);
        add(std::uint64_t{variant.index()});
        std::visit([&](const auto& alternative) { describe(*this, alternative); }, variant);
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return hash_; }

  private:
    void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001B3ull; }
    void add(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<unsigned char>(number >> shift));
    }
    void add(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
    void add(std::uint32_t number) { add(std::uint64_t{number}); }
    void add(int number) { add(static_cast<std::int64_t>(number)); }
    void add(bool flag) { add_byte(flag ? 1 : 0); }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        for (const char c : text) add_byte(static_cast<unsigned char>(c));
    }
    void add(const std::string& text) { add(std::string_view(text)); }
    template <class Kind>
    void add(const Id<Kind>& id) {
        add(id.value);
    }
    void add(Instant at) { add(static_cast<std::int64_t>(at.time_since_epoch().count())); }
    void add(Elapsed span) { add(static_cast<std::int64_t>(span.count())); }
    void add(const Money& amount) {
        add(amount.minor());
        add(amount.currency().code());
        add(std::uint64_t{amount.currency().digits()});
    }
    void add(const Decimal& number) { add(std::string_view(to_text(number))); }
    void add(Currency currency) { add(currency.code()); }
    void add(const Date& date) { add(std::string_view(to_text(date))); }
    template <class T>
    void add(const std::optional<T>& field) {
        add(field.has_value());
        if (field) add(*field);
    }
    template <class T>
    void add(const std::vector<T>& items) {
        add(std::uint64_t{items.size()});
        for (const T& item : items) add(item);
    }
    template <class T>
    void add(const Dated<T>& value) {
        add(value.rows());
    }
    template <class T, class Order>
    void add(const std::map<std::string, T, Order>& items) {
        add(std::uint64_t{items.size()});
        for (const auto& [name, item] : items) {
            add(name);
            add(item);
        }
    }
    template <class T>
    void add(const std::shared_ptr<const T>& item) {
        add(item != nullptr);
        if (item) add(*item);
    }
    template <class T>
        requires std::is_enum_v<T>
    void add(T value) {
        add(std::string_view(enumerator_name(value)));
    }
    template <class T>
        requires requires(Fingerprint& v, const T& t) { describe(v, t); }
    void add(const T& item) {
        describe(*this, item);
    }

    std::uint64_t hash_ = 0xCBF29CE484222325ull;
};

}  // namespace crowdrules::detail
