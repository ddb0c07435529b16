// SPDX-License-Identifier: BSL-1.0
#include "fingerprint.hpp"

#include <crowdrules/core/contract.hpp>

namespace crowdrules::detail {

namespace {

class Fingerprint : public Fields {
  public:
    explicit Fingerprint(bool of_command) : in_body_(!of_command) {}

    [[nodiscard]] std::uint64_t of(Value value) {
        add_value(value);
        return hash_;
    }

  private:
    void on_field(const Field& field, Value value) override {
        const bool is_envelope = !in_body_ && field.role != Role::beside;
        if (is_envelope || field.role == Role::counted_in) return;
        in_body_ = true;
        // Commands without a field that came later keep the fingerprint they had.
        if (field.role == Role::added && is_empty(value)) return;
        add(field.name);
        if (field.role != Role::beside) return add_value(value);
        const auto& type = static_cast<const OneOfType&>(value.type);
        const std::size_t index = type.index(value.at);
        add(std::uint64_t{index});
        go_over({type.alternatives[index].type(), type.get(value.at)});
    }

    void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001B3ull; }
    void add(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<unsigned char>(number >> shift));
    }
    void add(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        for (const char c : text) add_byte(static_cast<unsigned char>(c));
    }
    void add(bool flag) { add_byte(flag ? 1 : 0); }

    void add_list(const ListType& type, void* at) {
        const std::size_t count = type.count(at);
        add(std::uint64_t{count});
        for (std::size_t i = 0; i < count; ++i) add_value({type.item(), type.item_at(at, i)});
    }
    void add_table(const TableType& type, void* at) {
        add(std::uint64_t{type.count(at)});
        struct Context {
            Fingerprint& self;
            const Type& item;
        } context{*this, type.item()};
        type.each(at, &context, [](void* in, const std::string& name, void* item) {
            const auto& [self, item_type] = as<Context>(in);
            self.add(std::string_view(name));
            self.add_value({item_type, item});
        });
    }

    void add_value(Value value) {
        const Type& type = value.type;
        switch (type.kind) {
            case Kind::flag:
                return add(as<bool>(value.at));
            case Kind::whole:
                return add(static_cast<std::uint64_t>(whole_of(type, value.at)));
            case Kind::text:
                return add(std::string_view(as<std::string>(value.at)));
            case Kind::instant:
                return add(static_cast<std::int64_t>(as<Instant>(value.at).time_since_epoch().count()));
            case Kind::elapsed:
                return add(static_cast<std::int64_t>(as<Elapsed>(value.at).count()));
            case Kind::date:
                return add(std::string_view(to_text(as<Date>(value.at))));
            case Kind::decimal:
                return add(std::string_view(to_text(as<Decimal>(value.at))));
            case Kind::money: {
                const Money& amount = as<Money>(value.at);
                add(amount.minor());
                add(amount.currency().code());
                return add(std::uint64_t{amount.currency().digits()});
            }
            case Kind::currency:
                return add(as<Currency>(value.at).code());
            case Kind::id:
                return add(as<std::uint64_t>(value.at));
            case Kind::enumeration: {
                const auto& enumeration = static_cast<const EnumerationType&>(type);
                return add(enumeration.names[static_cast<std::size_t>(whole_of(type, value.at))]);
            }
            case Kind::optional: {
                const auto& optional = static_cast<const OptionalType&>(type);
                void* const item = optional.get(value.at);
                add(item != nullptr);
                if (item != nullptr) add_value({optional.item(), item});
                return;
            }
            case Kind::list:
                return add_list(static_cast<const ListType&>(type), value.at);
            case Kind::table:
                return add_table(static_cast<const TableType&>(type), value.at);
            case Kind::dated: {
                const auto& dated = static_cast<const DatedType&>(type);
                return add_list(list_type(dated.rows), dated.get(value.at));
            }
            case Kind::shared: {
                const auto& shared = static_cast<const SharedType&>(type);
                void* const item = shared.get(value.at);
                add(item != nullptr);
                if (item != nullptr) add_value({shared.item(), item});
                return;
            }
            case Kind::record:
                return go_over(value);
            case Kind::set:
            case Kind::one_of:
            case Kind::other:
                break;
        }
        expects(false, "a command holds nothing that has no fingerprint");
    }

    bool in_body_;  ///< id and instant of a command stand before what it says
    std::uint64_t hash_ = 0xCBF29CE484222325ull;
};

}  // namespace

std::uint64_t fingerprint_of_value(Value value) {
    return Fingerprint(false).of(value);
}

std::uint64_t fingerprint_of_command(Value command) {
    return Fingerprint(true).of(command);
}

}  // namespace crowdrules::detail
