using System.Buffers.Text;
using System.Text;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>A layout whose columns are known by position, ready to be asked row by row.</summary>
internal sealed class BoundLayout
{
    private readonly (RowRule Rule, (int Column, byte[][] AnyOf)[] When, (SignalField Field, BoundValue Value)[] Fields)[] rules;

    public BoundLayout(Layout layout, IReadOnlyList<string> columns)
    {
        var binder = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++) binder.TryAdd(columns[i], i);
        rules = [.. layout.Rows.Select(rule => (
            rule,
            rule.When.Select(when => (binder[when.Column], when.AnyOf.Select(Encoding.UTF8.GetBytes).ToArray())).ToArray(),
            rule.Fields.Select(field => (field.Field, BoundValue.Of(field.Value, binder))).ToArray()))];
        UsesHash = layout.Rows.Any(rule => rule.Fields.Any(field => field.Value is HashValue));
    }

    /// <summary>Whether rows need their hash.</summary>
    public bool UsesHash { get; }

    /// <summary>Puts the row's values into the draft; false where no rule takes the row.</summary>
    public bool Fill(SignalDraft draft, FileRows row, ReadOnlySpan<byte> hash)
    {
        foreach (var (rule, when, fields) in rules)
        {
            if (!Holds(when, row)) continue;
            draft.Begin(rule.Signal);
            foreach (var (field, value) in fields)
            {
                if (value.Days is { } epoch) SetDay(draft, epoch, value.Get(row));
                else draft.Set(field, value.IsHash ? hash : value.Get(row));
            }
            return true;
        }
        return false;
    }

    private static bool Holds((int Column, byte[][] AnyOf)[] when, FileRows row)
    {
        foreach (var (column, anyOf) in when)
        {
            var found = false;
            foreach (var text in anyOf) found |= row.Field(column).SequenceEqual(text);
            if (!found) return false;
        }
        return true;
    }

    private static void SetDay(SignalDraft draft, Instant epoch, ReadOnlySpan<byte> text)
    {
        const long MicrosADay = 24L * 3600 * 1_000_000;
        const int Furthest = 1_000_000;
        if (Utf8Parser.TryParse(text, out int days, out var used) && used == text.Length && days is >= -Furthest and <= Furthest)
        {
            var at = new Instant(epoch.Micros + (days * MicrosADay));
            if (at >= Instant.Min && at <= Instant.Max)
            {
                draft.SetAt(at);
                return;
            }
        }
        draft.SetAt(epoch);
        draft.Fault("at", IntakeReason.Time, $"{Utf8Text.Quote(text)} is no whole number of days after {epoch}.");
    }
}

/// <summary>A value rule whose columns are known by position. It has its own buffer and serves one thread.</summary>
internal sealed class BoundValue
{
    private const int BufferBytes = 256;

    private readonly byte[] buffer = new byte[BufferBytes];
    private int column = -1;
    private byte[] constant = [];
    private byte[] prefix = [];
    private (byte[] From, byte[] To)[] values = [];
    private BoundValue? otherwise;
    private BoundValue? member;
    private BoundValue? number;

    /// <summary>Where days are counted from, if this is a count of days.</summary>
    public Instant? Days { get; private init; }

    /// <summary>Whether the row's hash stands for the value.</summary>
    public bool IsHash { get; private init; }

    public static BoundValue Of(ValueRule rule, Dictionary<string, int> columns) => rule switch
    {
        ConstantValue constant => new BoundValue { constant = Encoding.UTF8.GetBytes(constant.Text) },
        DayValue days => new BoundValue { column = columns[days.Column], Days = days.Epoch },
        HashValue => new BoundValue { IsHash = true },
        AccountValue account => new BoundValue { member = Of(account.Member, columns), number = Of(account.Number, columns) },
        ColumnValue value => new BoundValue
        {
            column = columns[value.Column],
            prefix = Encoding.UTF8.GetBytes(value.Prefix),
            values = [.. value.Values.Select(pair => (Encoding.UTF8.GetBytes(pair.Key), Encoding.UTF8.GetBytes(pair.Value ?? "")))],
            otherwise = value.Otherwise is null ? null : Of(value.Otherwise, columns),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not of the closed set."),
    };

    /// <summary>The value for a row; empty for nothing. Valid until the next row.</summary>
    public ReadOnlySpan<byte> Get(FileRows row)
    {
        if (number is not null) return Joined(member!.Get(row), (byte)':', number.Get(row));
        if (column < 0) return constant;
        var text = row.Field(column);
        foreach (var (from, to) in values)
            if (text.SequenceEqual(from))
            {
                text = to;
                break;
            }
        if (text.IsEmpty) return otherwise is null ? default : otherwise.Get(row);
        return prefix.Length == 0 ? text : Prefixed(text);
    }

    private ReadOnlySpan<byte> Joined(ReadOnlySpan<byte> left, byte between, ReadOnlySpan<byte> right)
    {
        if (right.IsEmpty) return default;
        var length = left.Length + 1 + right.Length;
        var joined = length <= BufferBytes ? buffer : new byte[length];
        left.CopyTo(joined);
        joined[left.Length] = between;
        right.CopyTo(joined.AsSpan(left.Length + 1));
        return joined.AsSpan(0, length);
    }

    private ReadOnlySpan<byte> Prefixed(ReadOnlySpan<byte> text)
    {
        var length = prefix.Length + text.Length;
        var joined = length <= BufferBytes ? buffer : new byte[length];
        prefix.CopyTo(joined.AsSpan());
        text.CopyTo(joined.AsSpan(prefix.Length));
        return joined.AsSpan(0, length);
    }
}
