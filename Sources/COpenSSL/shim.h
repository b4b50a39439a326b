/* OpenSSL 3 as Swift sees it: the library's own functions, and inline functions for its macros. No logic here. */
#ifndef PARLEY_COPENSSL_SHIM_H
#define PARLEY_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* Library */
/* Nothing is taken down when the process exits: other threads may be using it at that moment. */
static inline int copenssl_init(void) { return OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL); }
static inline int copenssl_err_reason(unsigned long code) { return ERR_GET_REASON(code); }
static inline void copenssl_free(void *pointer) { OPENSSL_free(pointer); }

/* SSL_CTX */
static inline long copenssl_ctx_set_min_version(SSL_CTX *ctx, int version) { return SSL_CTX_set_min_proto_version(ctx, version); }
static inline long copenssl_ctx_set_max_version(SSL_CTX *ctx, int version) { return SSL_CTX_set_max_proto_version(ctx, version); }
static inline long copenssl_ctx_set_groups(SSL_CTX *ctx, const char *list) { return SSL_CTX_set1_groups_list(ctx, list); }
static inline long copenssl_ctx_set_signature_algorithms(SSL_CTX *ctx, const char *list) { return SSL_CTX_set1_sigalgs_list(ctx, list); }
static inline long copenssl_ctx_disable_session_cache(SSL_CTX *ctx) { return SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF); }
static inline long copenssl_ctx_release_buffers(SSL_CTX *ctx) { return SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY); }
static inline int copenssl_ctx_set_app_data(SSL_CTX *ctx, void *data) { return SSL_CTX_set_app_data(ctx, data); }
static inline void *copenssl_ctx_get_app_data(const SSL_CTX *ctx) { return SSL_CTX_get_app_data(ctx); }
static inline uint64_t copenssl_op_no_renegotiation(void) { return SSL_OP_NO_RENEGOTIATION; }
static inline uint64_t copenssl_op_no_ticket(void) { return SSL_OP_NO_TICKET; }
static inline uint64_t copenssl_op_cipher_server_preference(void) { return SSL_OP_CIPHER_SERVER_PREFERENCE; }

/* SSL */
static inline long copenssl_ssl_set_server_name(SSL *ssl, const char *name) { return SSL_set_tlsext_host_name(ssl, name); }
static inline void copenssl_ssl_set_message_argument(SSL *ssl, void *argument) { SSL_set_msg_callback_arg(ssl, argument); }
static inline int copenssl_ssl_negotiated_group(SSL *ssl) { return (int)SSL_get_negotiated_group(ssl); }
static inline int copenssl_ssl_peer_signature_digest(SSL *ssl, int *nid) { return (int)SSL_get_peer_signature_nid(ssl, nid); }
static inline int copenssl_ssl_signature_digest(SSL *ssl, int *nid) { return (int)SSL_get_signature_nid(ssl, nid); }
static inline int copenssl_ssl_is_resumed(SSL *ssl) { return SSL_session_reused(ssl); }

static inline int copenssl_ssl_has_extended_master_secret(SSL *ssl) { return (int)SSL_get_extms_support(ssl); }

/* BIO */
static inline BIO *copenssl_bio_new_memory(void) { return BIO_new(BIO_s_mem()); }
static inline long copenssl_bio_pending(BIO *bio) { return BIO_pending(bio); }
static inline long copenssl_bio_memory(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

/* X509 */
static inline int copenssl_chain_count(const STACK_OF(X509) *chain) { return sk_X509_num(chain); }
static inline X509 *copenssl_chain_at(const STACK_OF(X509) *chain, int index) { return sk_X509_value(chain, index); }
static inline int copenssl_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *copenssl_names_at(const GENERAL_NAMES *names, int index) { return sk_GENERAL_NAME_value(names, index); }
static inline GENERAL_NAMES *copenssl_x509_alternative_names(const X509 *certificate) {
  return (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}
static inline int copenssl_lookup_add_directory(X509_LOOKUP *lookup, const char *path) {
  return X509_LOOKUP_add_dir(lookup, path, X509_FILETYPE_PEM);
}
static inline int copenssl_lookup_add_default_directory(X509_LOOKUP *lookup) {
  return X509_LOOKUP_add_dir(lookup, NULL, X509_FILETYPE_DEFAULT);
}
static inline int copenssl_lookup_load_default_file(X509_LOOKUP *lookup) {
  return X509_LOOKUP_load_file(lookup, NULL, X509_FILETYPE_DEFAULT);
}
static inline void copenssl_store_ctx_set_app_data(X509_STORE_CTX *context, void *data) { X509_STORE_CTX_set_app_data(context, data); }
static inline void *copenssl_store_ctx_get_app_data(X509_STORE_CTX *context) { return X509_STORE_CTX_get_app_data(context); }

static inline unsigned long copenssl_name_flags_one_line_utf8(void) { return XN_FLAG_ONELINE & ~(unsigned long)ASN1_STRFLGS_ESC_MSB; }
static inline void copenssl_extension_context(X509V3_CTX *context, X509 *issuer, X509 *subject) {
  X509V3_set_ctx(context, issuer, subject, NULL, NULL, 0);
}

/* Keys */
static inline EVP_PKEY *copenssl_generate_ec(const char *curve) { return EVP_EC_gen(curve); }
static inline EVP_PKEY *copenssl_generate_rsa(size_t bits) { return EVP_RSA_gen(bits); }

#endif
