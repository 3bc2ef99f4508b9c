using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Cordon.PublicPage;

/// <summary>
/// The key by which addresses of strangers are digested: the database can count what one address left and never tell which it
/// was. Its file lies beside the other keys, readable by its owner alone.
/// </summary>
internal sealed class OriginKey
{
    private const int Bytes = 32;
    private readonly byte[] key;

    private OriginKey(byte[] key) => this.key = key;

    /// <summary>Reads the key file, or makes it where there is none.</summary>
    public static OriginKey LoadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            var read = File.ReadAllBytes(path);
            return read.Length == Bytes ? new OriginKey(read) : throw new InvalidDataException($"{path} is no key of {Bytes} bytes.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var made = RandomNumberGenerator.GetBytes(Bytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(made);
        file.Flush(flushToDisk: true);
        return new OriginKey(made);
    }

    /// <summary>The digest of an address, 128 bits in hex.</summary>
    public string Digest(IPAddress? address) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(Place(address))).AsSpan(0, 16));

    /// <summary>The network of IPv6, 48 bits, of which one customer may have all households; null of IPv4.</summary>
    public static string? Network(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
        ? string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 6))}/48")
        : null;

    /// <summary>What counts as one address: of IPv6 the network of 64 bits, which one household has to itself.</summary>
    public static string Place(IPAddress? address)
    {
        if (address is null) return "none";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))}/64")
            : address.ToString();
    }
}
