package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses functions may reach.
class OutboundPolicyTest {

  private static boolean allows(String policy, String address) {
    return OutboundPolicy.parse(policy).allows(InetAddress.ofLiteral(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fec0::1",
        "ff02::1"
      })
  void whatIsNotTheInternetIsRefused(String address) {
    assertThat(allows("public", address)).isFalse();
    assertThat(allows("any", address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "169.254.255.255",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fe80::1",
        "fe80::a9fe:a9fe",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fd00:42::42",
        "::a9fe:a9fe",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::"
      })
  void whatACloudTellsItsMachineIsRefusedWhereverElseFunctionsMayGo(String address) {
    assertThat(allows("public", address)).isFalse();
    assertThat(allows("any", address)).isFalse();
    assertThat(allows("any,+" + address, address)).isTrue();
    assertThat(allows("public,+" + address, address)).isTrue();
  }

  /// As programs in C read addresses: in any number of parts, in tens, eights and sixteens.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2852039166",
        "0xa9fea9fe",
        "025177524776",
        "0251.0376.0251.0376",
        "0xa9.0xfe.0xa9.0xfe",
        "169.254.43518",
        "169.16689662"
      })
  void noSpellingHidesAnAddress(String text) {
    InetAddress address = Inet4Address.ofPosixLiteral(text);

    assertThat(address.getHostAddress()).isEqualTo("169.254.169.254");
    assertThat(OutboundPolicy.any().allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.253.255.255", "169.255.0.0", "100.100.100.201", "168.63.129.17"})
  void theNeighboursOfThatAreAllowed(String address) {
    assertThat(allows("any", address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:4860::8888",
        "2002:101:101::",
        "64:ff9b::101:101"
      })
  void theInternetIsAllowed(String address) {
    assertThat(allows("public", address)).isTrue();
  }

  /// The kernel writes an IPv4 address in two ways; the JDK's own constructor keeps the second.
  @Test
  void aMappedAddressWithAScopeIsRefused() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;

    InetAddress address = java.net.Inet6Address.getByAddress("host", mapped, 1);

    assertThat(OutboundPolicy.publicOnly().allows(address)).isFalse();
  }

  @Test
  void theOperatorMayAllowAndRefuseRanges() {
    String policy = "public,+10.1.0.0/16,-10.1.2.0/24,-9.9.9.9,+fd00::/8";

    assertThat(allows(policy, "10.1.1.1")).isTrue();
    assertThat(allows(policy, "10.1.2.1")).isFalse();
    assertThat(allows(policy, "10.2.0.1")).isFalse();
    assertThat(allows(policy, "9.9.9.9")).isFalse();
    assertThat(allows(policy, "9.9.9.8")).isTrue();
    assertThat(allows(policy, "fd12::1")).isTrue();
    assertThat(allows("any,-10.0.0.0/8", "10.1.1.1")).isFalse();
  }

  @Test
  void aPublicAddressOfThisMachineIsRefusedUnlessTheOperatorAllowsIt() {
    InetAddress address = InetAddress.ofLiteral("1.1.1.1");

    assertThat(OutboundPolicy.publicOnly().allows(address, _ -> false)).isTrue();
    assertThat(OutboundPolicy.publicOnly().allows(address, _ -> true)).isFalse();
    assertThat(OutboundPolicy.parse("public,+1.1.1.1").allows(address, _ -> true)).isTrue();
  }

  @Test
  void noAddressOfThisMachineIsAllowed() throws SocketException {
    assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
        .isNotEmpty()
        .noneMatch(OutboundPolicy.publicOnly()::allows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any",
        "public",
        "public,+10.1.0.0/16,-203.0.113.7/32",
        "any,-fd00:0:0:0:0:0:0:0/8"
      })
  void whatIsWrittenIsReadAgain(String text) {
    assertThat(OutboundPolicy.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "public,",
        "public,10.0.0.0/8",
        "public,+10.0.0.0/33",
        "any,-db.local",
        "any,-1/x"
      })
  void whatIsNoPolicyIsRefusedWithItsText(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> OutboundPolicy.parse(text));
  }
}
