// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/product.hpp>

#include "core/enumerators.hpp"

namespace crowdrules::community {

std::string_view to_text(PhaseKind kind) noexcept {
    return detail::enumerator_name(kind);
}

std::string_view to_text(PhaseState state) noexcept {
    return detail::enumerator_name(state);
}

std::string_view to_text(ProductStage stage) noexcept {
    return detail::phrase_of(stage, {"in development", "ready to ship", "on sale", "ended", "abandoned", "taken down"});
}

}  // namespace crowdrules::community
