// SPDX-License-Identifier: BSL-1.0
// Chain: a running SHA-256 over the lines of a journal.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;
struct evp_md_st;

namespace crowdrules::detail {

class Chain {
  public:
    Chain();
    /// Takes one line in; the chain from then on, as 64 hexadecimal digits.
    std::string add(std::string_view line);

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
        void operator()(evp_md_st* algorithm) const noexcept;
    };
    std::unique_ptr<evp_md_st, Free> algorithm_;  // looked up once: that costs more than a line
    std::unique_ptr<evp_md_ctx_st, Free> context_;
    std::array<unsigned char, 32> digest_{};
};

}  // namespace crowdrules::detail
