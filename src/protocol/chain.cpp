// SPDX-License-Identifier: BSL-1.0
#include "chain.hpp"

#include <openssl/evp.h>
#include <stdexcept>

namespace crowdrules::detail {

void Chain::Free::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}
void Chain::Free::operator()(evp_md_st* algorithm) const noexcept {
    EVP_MD_free(algorithm);
}

Chain::Chain() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (!algorithm_ || !context_) throw std::runtime_error("libcrypto offers no SHA-256");
}

std::string Chain::add(std::string_view line) {
    const bool done = EVP_DigestInit_ex(context_.get(), algorithm_.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(context_.get(), digest_.data(), digest_.size()) == 1 &&
                      EVP_DigestUpdate(context_.get(), line.data(), line.size()) == 1 &&
                      EVP_DigestFinal_ex(context_.get(), digest_.data(), nullptr) == 1;
    if (!done) throw std::runtime_error("libcrypto failed to compute a SHA-256");

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * digest_.size());
    for (const unsigned char byte : digest_) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

}  // namespace crowdrules::detail
