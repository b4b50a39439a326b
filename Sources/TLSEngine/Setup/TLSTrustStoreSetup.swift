import COpenSSL
import Glibc

/// Puts trusted certificates into an `X509_STORE`.
struct TLSTrustStoreSetup {
  let store: OpaquePointer?

  /// Makes the store trust what `trust` says.
  func apply(_ trust: TLSTrust) throws(TLSConfigurationFailure) {
    switch trust {
    case .none: break
    case .system: trustSystem()
    case .file(let path):
      guard X509_STORE_load_file(store, path) == 1 else {
        throw failure("cannot read trusted certificates from \(path)")
      }
    case .directory(let path):
      guard isDirectory(path), add(directory: path) else {
        throw failure("cannot look up trusted certificates in \(path)")
      }
    }
  }

  /// Looks certificates up by hash when they are needed. The bundle file with all of them takes tens of milliseconds to
  /// read, so it is read only when the user names one or when there is no such directory.
  private func trustSystem() {
    if let directory = X509_LOOKUP_hash_dir(), let lookup = X509_STORE_add_lookup(store, directory) {
      _ = copenssl_lookup_add_default_directory(lookup)
    }
    let directory = getenv(X509_get_default_cert_dir_env()).map { String(cString: $0) }
    let hasFile = getenv(X509_get_default_cert_file_env()) != nil
    let hasDirectory = directory != nil || isDirectory(String(cString: X509_get_default_cert_dir()))
    guard hasFile || !hasDirectory else { return }
    if let file = X509_LOOKUP_file(), let lookup = X509_STORE_add_lookup(store, file) {
      _ = copenssl_lookup_load_default_file(lookup)
    }
    ERR_clear_error()
  }

  private func add(directory path: String) -> Bool {
    guard let method = X509_LOOKUP_hash_dir(), let lookup = X509_STORE_add_lookup(store, method) else { return false }
    return copenssl_lookup_add_directory(lookup, path) == 1
  }

  private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func failure(_ words: String) -> TLSConfigurationFailure {
    TLSConfigurationFailure(kind: .trust, words: "\(words): \(OpenSSLError.takeWords())")
  }
}
