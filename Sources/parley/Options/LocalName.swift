import Glibc

/// The name of this machine as EHLO gives it (RFC 5321 §4.1.1.1): a full name, else the address as a literal.
enum LocalName {
  /// The full name where the system knows one, else the address by which this machine reaches others.
  static var greeting: String {
    let name = hostName
    if name.contains("."), ConnectionOptions.fault(inWord: name) == nil { return name }
    return address(AF_INET, "192.0.2.1").map { "[\($0)]" } ?? address(AF_INET6, "2001:db8::1").map { "[IPv6:\($0)]" }
      ?? "[127.0.0.1]"
  }

  private static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The address that a packet to another one would bear; nil without a way there. Nothing is sent.
  private static func address(_ family: Int32, _ other: String) -> String? {
    var hints = addrinfo()
    (hints.ai_family, hints.ai_socktype, hints.ai_flags) = (family, Int32(SOCK_DGRAM.rawValue), AI_NUMERICHOST)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(other, "9", &hints, &found) == 0, let found else { return nil }
    defer { freeaddrinfo(found) }
    let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard connect(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else { return nil }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &storage) { bytes in
      guard let own = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        getsockname(descriptor, own, &length) == 0
      else { return nil }
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      guard getnameinfo(own, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
      // A link-local address has its interface behind a percent sign, which the other side cannot know.
      return String(decoding: text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
