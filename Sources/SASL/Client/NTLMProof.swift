/// The responses of NTLM version 2 (MS-NLMP §3.3.2).
struct NTLMProof {
  let digests: SASLDigests
  /// The key made of the password's digest, the name and the domain: NTOWFv2.
  let key: [UInt8]

  /// Makes the key; the name goes in in upper case, the domain as it is.
  init(user: String, domain: String, password: [UInt8], _ digests: SASLDigests) {
    self.digests = digests
    let secret = MD4.hash(NTLMMessage.wide(String(decoding: password, as: UTF8.self)))
    key = digests.hmac(.md5, secret, NTLMMessage.wide(user.uppercased() + domain))
  }

  /// The long response: a proof, and what it proves besides the server's challenge.
  func ntResponse(server: [UInt8], client: [UInt8], time: [UInt8], targetInfo: [UInt8]) -> [UInt8] {
    let body = [1, 1, 0, 0, 0, 0, 0, 0] + time + client + [0, 0, 0, 0] + targetInfo + [0, 0, 0, 0]
    return digests.hmac(.md5, key, server + body) + body
  }

  /// The short response of 24 octets.
  func lmResponse(server: [UInt8], client: [UInt8]) -> [UInt8] {
    digests.hmac(.md5, key, server + client) + client
  }
}
