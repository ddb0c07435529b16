// SPDX-License-Identifier: BSL-1.0
// Arbitrary: the visitor that fills described values with anything they can hold, from a seed.
#pragma once

#include <array>
#include <campaign/describe_command.hpp>
#include <campaign/describe_event.hpp>
#include <random>

namespace crowdrules::detail {

class Arbitrary {
  public:
    explicit Arbitrary(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

    template <class T>
    void operator()(std::string_view, T& field, Presence = {}) {
        fill(field);
    }
    void amount(std::string_view, auto& minor, Presence = {}) { fill(minor); }
    void measured(std::string_view, auto& count, Presence = {}) { fill(count); }
    void measure(std::string_view, Measure& measure, Presence = {}) { fill(measure); }
    void digest(std::string_view, std::uint64_t& bits) { bits = below(2) * random_(); }
    void currency(std::string_view, Currency& currency, Presence = {}) {
        const std::array<Currency, 5> some{USD, JPY, Currency::iso("KWD").value(), Currency::own("POINTS", 0).value(),
                                           Currency::own("GRAIN", 18).value()};
        currency_ = currency = some[below(some.size())];
    }
    template <class... Alternatives>
    void one_of(std::string_view, std::variant<Alternatives...>& variant) {
        const auto wanted = below(sizeof...(Alternatives));
        std::size_t place = 0;
        (void)((place++ == wanted && (take<Alternatives>(variant), true)) || ...);
    }
    template <class Alternative>
    void take(auto& variant) {
        if constexpr (std::is_default_constructible_v<Alternative>) {
            describe(*this, variant.template emplace<Alternative>());
        } else {
            variant = Alternative{{}, Money(0, USD)};
            describe(*this, std::get<Alternative>(variant));
        }
    }

  private:
    void fill(bool& flag) { flag = below(2) == 1; }
    template <std::integral T>
    void fill(T& number) {
        // Small and extreme numbers, negative ones too.
        number = static_cast<T>(below(3) == 0 ? random_() : below(1000));
    }
    void fill(std::string& text) {
        constexpr std::array<std::string_view, 8> pieces{"a", "Z", " ", "\"", "\\", "\n", "\xC3\xA9", "\xE2\x82\xAC"};
        text.clear();
        for (auto length = below(6); length > 0; --length) text += pieces[below(pieces.size())];
    }
    void fill(Instant& at) {
        at = below(8) == 0 ? never : Instant(Elapsed(static_cast<std::int64_t>(below(250'000'000'000))));
    }
    void fill(Elapsed& span) { span = Elapsed(static_cast<std::int64_t>(below(3) * below(10'000'000))); }
    void fill(Decimal& rate) { rate = Decimal::of(static_cast<std::int64_t>(random_()), 18); }
    void fill(Money& amount) { amount = Money(static_cast<std::int64_t>(random_()), below(2) == 0 ? currency_ : EUR); }
    template <class Kind>
    void fill(Id<Kind>& id) {
        id.value = below(3) * random_();
    }
    template <class Enum>
        requires std::is_enum_v<Enum>
    void fill(Enum& value) {
        value = static_cast<Enum>(below(static_cast<std::uint64_t>(last_of<Enum>) + 1));
    }
    template <class T>
    void fill(std::optional<T>& field) {
        field.reset();
        if (below(2) == 1) fill(field.emplace());
    }
    template <class T>
    void fill(std::vector<T>& items) {
        items.clear();
        for (auto count = below(4); count > 0; --count) fill(items.emplace_back());
    }
    template <class T, class Order>
    void fill(std::map<std::string, T, Order>& table) {
        for (auto count = below(4); count > 0; --count) {
            std::string name;
            fill(name);
            fill(table[name]);
        }
    }
    template <class T>
    void fill(std::shared_ptr<const T>& field) {
        auto fresh = std::make_shared<T>();
        fill(*fresh);
        field = std::move(fresh);
    }
    template <class T>
        requires requires(Arbitrary& v, T& t) { describe(v, t); }
    void fill(T& value) {
        describe(*this, value);
    }

    std::mt19937_64 random_;
    Currency currency_ = USD;
};

}  // namespace crowdrules::detail
