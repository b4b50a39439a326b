import Testing

@testable import TLSEngine

@Suite("digests") struct DigestTests {
  @Test("the digests of \"abc\" are those of the standards")
  func hashes() {
    let abc = Array("abc".utf8)
    #expect(hexadecimal(Digest.md5.hash(abc)) == "900150983cd24fb0d6963f7d28e17f72")
    #expect(hexadecimal(Digest.sha1.hash(abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      hexadecimal(Digest.sha256.hash(abc)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest.sha384.hash(abc).count == 48 && Digest.sha512.hash(abc).count == 64)
    #expect(hexadecimal(Digest.md5.hash([])) == "d41d8cd98f00b204e9800998ecf8427e")
  }

  @Test("CRAM-MD5's example of RFC 2195")
  func cramMD5() {
    let mac = Digest.md5.hmac(
      key: Array("tanstaaftanstaaf".utf8), Array("<1896.697170952@postoffice.reston.mci.net>".utf8))
    #expect(hexadecimal(mac) == "b913a602c7eda7a495b4e6e7334d3890")
    #expect(Digest.sha256.hmac(key: [], []).count == 32)
  }

  @Test("PBKDF2's examples of RFC 6070, and SCRAM's salted password of RFC 7677")
  func pbkdf2() {
    let made = Digest.sha1.pbkdf2(password: Array("password".utf8), salt: Array("salt".utf8), iterations: 4096)
    #expect(hexadecimal(made) == "4b007901b765489abead49d926f721d065a429c1")
    let one = Digest.sha1.pbkdf2(password: Array("password".utf8), salt: Array("salt".utf8), iterations: 0)
    #expect(hexadecimal(one) == "0c60c80f961f0e71f3a9b524af6012062fe037a6")
    #expect(Digest.sha256.pbkdf2(password: [], salt: [], iterations: 1).count == 32)
  }

  @Test("random bytes are as many as asked for, and differ")
  func random() {
    #expect(randomBytes(0).isEmpty && randomBytes(-1).isEmpty)
    #expect(randomBytes(32).count == 32 && randomBytes(32) != randomBytes(32))
  }
}
