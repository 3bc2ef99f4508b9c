using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cordon.Casework.Orders;

/// <summary>
/// The digest of an order in one version: SHA-256, lower-case hex, of the canonical form (RFC 8785) of what GET answers for it, without its
/// member <c>digest</c>. A member that pulls the version that was announced can prove that it got what was announced.
/// </summary>
internal static class OrderDigest
{
    private const string Own = "digest";

    /// <summary>The digest of an order as it is.</summary>
    public static string Of(Order order) => OrderView.Of(order).Digest;

    /// <summary>The digest of a view, whatever it says of its own digest.</summary>
    public static string Of(OrderView view) => Of(JsonSerializer.SerializeToElement(view, CaseworkJson.Options));

    /// <summary>The digest of an order as it was answered.</summary>
    public static string Of(JsonElement order)
    {
        var text = new StringBuilder();
        Write(text, order, top: true);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Values of an order are texts, whole numbers, truths, lists and objects: of these RFC 8785 asks for sorted names and least escaping.
    private static void Write(StringBuilder text, JsonElement value, bool top)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().Where(p => !(top && p.Name == Own)).OrderBy(p => p.Name, StringComparer.Ordinal);
                Join(text, '{', '}', members, member =>
                {
                    Quote(text, member.Name);
                    text.Append(':');
                    Write(text, member.Value, top: false);
                });
                break;
            case JsonValueKind.Array:
                Join(text, '[', ']', value.EnumerateArray(), item => Write(text, item, top: false));
                break;
            case JsonValueKind.String:
                Quote(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Join<T>(StringBuilder text, char begin, char end, IEnumerable<T> items, Action<T> write)
    {
        text.Append(begin);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(',');
            first = false;
            write(item);
        }
        text.Append(end);
    }

    // RFC 8785, section 3.2.2.2.
    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
