using System.Text;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>Rows of a file by column position: of CSV, or of objects in NDJSON.</summary>
internal abstract class FileRows : IDisposable
{
    /// <summary>The columns' names; for NDJSON those of the first object.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The line on which the current row begins, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>The current row as it stands in the file, in UTF-8.</summary>
    public abstract ReadOnlySpan<byte> Raw { get; }

    /// <summary>How many fields the current row has.</summary>
    public abstract int FieldCount { get; }

    /// <summary>The text of a field; valid until the next row.</summary>
    public abstract ReadOnlySpan<byte> Field(int column);

    /// <summary>Goes to the next sound row. Rows that are none go to the list of rejected ones.</summary>
    public abstract bool Next(List<RejectedRow> rejected);

    /// <summary>Whether the current row is the torn end of a file that was cut off.</summary>
    public abstract bool IsTorn { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A row that was not taken.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Field">The field at fault; empty where the whole row is.</param>
/// <param name="Reason">A code of <see cref="IntakeReason"/>.</param>
/// <param name="Message">A sentence, masked.</param>
/// <param name="Row">The row, masked and cut to 4,096 characters.</param>
public sealed record RejectedRow(long Line, string Field, string Reason, string Message, string Row)
{
    private const int LongestRow = 4096;

    internal static RejectedRow Of(long line, IntakeFault fault, ReadOnlySpan<byte> raw) =>
        new(line, fault.Field, fault.Reason, fault.Message, Shown(raw));

    internal static string Shown(ReadOnlySpan<byte> raw)
    {
        // Masked before it is cut: a cut inside a number would hide it from the mask.
        var masked = Masking.Mask(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, LongestRow * 4)]));
        return masked.Length <= LongestRow ? masked : masked[..LongestRow] + "…";
    }
}
