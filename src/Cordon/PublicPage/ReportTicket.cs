using System.Globalization;
using System.Security.Cryptography;
using Cordon.Casework;
using Microsoft.AspNetCore.DataProtection;

namespace Cordon.PublicPage;

/// <summary>The receipt number and the secret of a report that is being written; they lie sealed in the form, so that a form sent twice is one report.</summary>
/// <param name="Number">The receipt number, as people read it: ABCD-EFGH.</param>
/// <param name="Secret">The secret, as people read it: four groups of four.</param>
public sealed record ReportTicket(string Number, string Secret)
{
    /// <summary>By what a stranger's report is known.</summary>
    internal string SourceId => SourceOf(Number);

    internal static string SourceOf(string number) => "public/" + Plain(number);

    /// <summary>What people type, without blanks and hyphens and in capitals; letters that look like digits are read as these.</summary>
    internal static string Plain(string typed) => string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)
        .Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }));
}

/// <summary>Makes tickets and opens sealed ones.</summary>
/// <param name="protection">Seals them.</param>
/// <param name="ids">Where chance comes from.</param>
/// <param name="time">The clock.</param>
internal sealed class TicketBooth(IDataProtectionProvider protection, IIdSource ids, TimeProvider time)
{
    // Crockford's alphabet: none of its letters is taken for another when read out on the telephone.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int MostSealed = 2_000;

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly IDataProtector protector = protection.CreateProtector("cordon.report-ticket");

    /// <summary>A new ticket, sealed: eight letters of number (40 bits), sixteen of secret (80 bits).</summary>
    public string Issue() =>
        protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeSeconds()} {Draw(2)} {Draw(4)}"));

    /// <summary>Opens one; null where it is not ours or older than twelve hours.</summary>
    public ReportTicket? Open(string? sealedTicket)
    {
        if (sealedTicket is not { Length: > 0 and < MostSealed }) return null;
        try
        {
            var parts = protector.Unprotect(sealedTicket).Split(' ');
            var issued = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return time.GetUtcNow() - issued <= Lasts ? new ReportTicket(parts[1], parts[2]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string Draw(int groups)
    {
        Span<byte> bytes = stackalloc byte[16];
        ids.Fill(bytes);
        var letters = new char[groups * 4];
        for (var i = 0; i < letters.Length; i++) letters[i] = Letters[bytes[i] & 31];
        return string.Join('-', letters.Chunk(4).Select(c => new string(c)));
    }
}
