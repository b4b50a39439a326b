import Testing

@testable import Network

@Suite("endpoints as text") struct EndpointTests {
  @Test("IPv6 addresses stand in brackets, sockets have their path")
  func descriptions() {
    #expect(Endpoint.tcp(host: "mail.example.com", port: 25).description == "mail.example.com:25")
    #expect(Endpoint.tcp(host: "::1", port: 587).description == "[::1]:587")
    #expect(Endpoint.unix(path: "/run/smtp").description == "unix:/run/smtp")
  }
}
