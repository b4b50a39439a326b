/// What a client's mechanism may know besides the credentials.
package struct SASLContext: Sendable {
  /// Without them only the mechanisms that compute nothing are there.
  package var digests: SASLDigests?
  /// Of the TLS that is up; the mechanisms whose names end in -PLUS need one.
  package var bindings = SASLChannelBindings.none
  /// The server's name as the user gave it; empty where nobody named it.
  package var host = "localhost"
  /// The server's port; 0 where nobody named it.
  package var port = 25
  /// Seconds since 1970, for NTLM where the server does not say the time.
  package var unixTime = 0
  /// Whether nobody else can read what is sent.
  package var isSecured = false
  /// Whether the password or token may be shown to those who read a connection without TLS.
  package var allowsPlaintext = true
  /// Whether a client certificate is in use, so that EXTERNAL makes sense.
  package var hasCertificate = false
  /// The mechanisms that the user allows, in any case; nil for all.
  package var allowed: [String]?
  /// Whether the mechanism that is named is tried even where the server does not offer AUTH at all.
  package var forcesMechanism = false
  /// Whether LOGIN sends the user's name with AUTH itself.
  package var loginSendsUser = false
  /// The client's nonce of SCRAM or DIGEST-MD5, to go on with a login that began elsewhere; nil for a new one.
  package var nonce: [UInt8]?
  /// Whether the server is known to offer no mechanism that binds to the channel.
  package var lacksPlus = false

  /// Makes a context in clear that allows everything.
  package init(digests: SASLDigests? = nil) {
    self.digests = digests
  }
}
