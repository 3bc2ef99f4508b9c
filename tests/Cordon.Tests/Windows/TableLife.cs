using System.Globalization;
using Cordon.Engine.Windows;

namespace Cordon.Tests.Windows;

/// <summary>A seeded life of a table with the windows of <see cref="WindowTableTests.Specs"/>: identifiers come, go idle and make room.</summary>
internal sealed record TableLife(int Seed, bool Texts)
{
    private ulong step;
    private long clock = 1_772_352_000_000_000;

    /// <summary>Counts one signal and tells what all windows answer then.</summary>
    public string Step(WindowTable table)
    {
        var draw = KeyHash.Of(unchecked((ulong)Seed), step++);
        clock += (long)(draw % 97) * WindowSpec.Second * (draw % 31 == 0 ? 2_000 : 1);
        table.Advance(clock);
        var at = clock - (draw % 5 == 0 ? (long)(draw % 1_800) * WindowSpec.Second : 0);
        var batch = new KeyBatch();
        // Of the hundred a few are busy.
        var who = draw % 3 == 0 ? draw / 8 % 100 : draw / 8 % 4;
        if (Texts) batch.AddText(string.Create(CultureInfo.InvariantCulture, $"trunk-{who}"));
        else batch.AddNumber(0, who, 0);
        var rows = new int[1];
        table.Intern(batch, rows);
        for (var window = 0; window < table.WindowCount; window++)
        {
            if (table.SpecOf(window).Value == WindowValue.Real) table.ApplyReal(window, rows[0], at, (draw % 1_000) / 7.0, draw);
            else table.Apply(window, rows[0], at, (long)(draw / 64 % (table.SpecOf(window).Value == WindowValue.Truth ? 2UL : 200UL)), draw);
        }
        table.Sweep(2);
        return string.Join(' ', Enumerable.Range(0, table.WindowCount).Select(w => table.TryReadReal(w, rows[0], at, out var value)
            ? value.ToString("R", CultureInfo.InvariantCulture) : "-")) + $" {table.Evicted} {table.TooLate} {rows[0]}";
    }
}
