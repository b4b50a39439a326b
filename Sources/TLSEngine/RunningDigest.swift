import COpenSSL
import Synchronization

/// A message digest of octets that come in pieces.
package final class RunningDigest: Sendable {
  private let context: Mutex<OpaquePointer?>

  /// Begins a digest of no octets.
  package init(_ digest: Digest) {
    let context = openSSLIsReady ? EVP_MD_CTX_new() : nil
    if let context { EVP_DigestInit_ex(context, digest.method, nil) }
    self.context = Mutex(context)
  }

  deinit { context.withLock { EVP_MD_CTX_free($0) } }

  /// Takes octets in.
  package func update(_ octets: [UInt8]) {
    context.withLock { context in
      if let context { EVP_DigestUpdate(context, octets, octets.count) }
    }
  }

  /// The digest of all octets; none where policy forbids it. Nothing can be taken in afterwards.
  package func finish() -> [UInt8] {
    context.withLock { context in
      guard let context else { return [] }
      return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
        var length: UInt32 = 0
        if EVP_DigestFinal_ex(context, buffer.baseAddress, &length) == 1 { count = Int(length) }
      }
    }
  }
}
