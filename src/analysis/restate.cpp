// SPDX-License-Identifier: BSL-1.0
#include "restate.hpp"

namespace crowdrules::detail {
namespace {

class Restating : public Fields {
  public:
    using Other = std::function<std::int64_t(std::int64_t)>;
    Restating(bool goal_is_money, const Other& other) : goal_is_money_(goal_is_money), other_(other) {}

    void go(Value value, bool is_amount) {
        if (value.at == nullptr) return;
        switch (value.type.kind) {
            case Kind::optional: {
                const auto& optional = static_cast<const OptionalType&>(value.type);
                return go({optional.item(), optional.get(value.at)}, is_amount);
            }
            case Kind::list: {
                const auto& list = static_cast<const ListType&>(value.type);
                for (std::size_t i = 0; i < list.count(value.at); ++i)
                    go({list.item(), list.item_at(value.at, i)}, is_amount);
                return;
            }
            case Kind::table: {
                struct Context {
                    Restating& self;
                    const TableType& table;
                    bool is_amount;
                } context{*this, static_cast<const TableType&>(value.type), is_amount};
                return context.table.each(value.at, &context, [](void* to, const std::string&, void* item) {
                    const Context& of = *static_cast<Context*>(to);
                    of.self.go({of.table.item(), item}, of.is_amount);
                });
            }
            case Kind::one_of: {
                const auto& choice = static_cast<const OneOfType&>(value.type);
                return go({choice.alternatives[choice.index(value.at)].type(), choice.get(value.at)}, false);
            }
            case Kind::record:
                return go_over(value);
            case Kind::whole:
                if (is_amount && value.type.is<std::int64_t>()) {
                    auto& minor = as<std::int64_t>(value.at);
                    minor = other_(minor);
                }
                return;
            default:
                return;
        }
    }

  private:
    void on_field(const Field& field, Value value) override {
        const bool is_amount = field.role == Role::amount ||
                               (field.role == Role::measured && goal_is_money_);
        if (field.role != Role::counted_in) go(value, is_amount);
    }

    bool goal_is_money_;
    const Other& other_;
};

}  // namespace

void restate(Value record, bool goal_is_money, const std::function<std::int64_t(std::int64_t)>& other) {
    Restating(goal_is_money, other).go(record, false);
}

}  // namespace crowdrules::detail
