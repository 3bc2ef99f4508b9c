using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cordon.Casework.Packs;

/// <summary>Fields one after another, each with its length before it, so that no two packs write the same bytes.</summary>
/// <param name="hash">Takes the bytes.</param>
internal sealed class CanonicalForm(IncrementalHash hash)
{
    public void Add(params ReadOnlySpan<string?> fields)
    {
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var bytes = field is null ? null : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            hash.AppendData(length);
            if (bytes is not null) hash.AppendData(bytes);
        }
    }
}
