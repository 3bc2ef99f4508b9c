using System.Globalization;

namespace Cordon.Engine.Signals;

/// <summary>
/// A sum of money: whole minor units (fen, cents) of one currency. All arithmetic is checked;
/// sums of two currencies do not exist and throw, because only a bug can ask for one.
/// </summary>
/// <param name="Minor">Minor units; negative only as a difference, never in a signal.</param>
/// <param name="Currency">The currency whose minor units are counted.</param>
public readonly record struct Amount(long Minor, Currency Currency) : IComparable<Amount>
{
    /// <summary>Nothing, in the given currency.</summary>
    public static Amount Zero(Currency currency) => new(0, currency);

    /// <summary>The sum. Throws <see cref="OverflowException"/> beyond 64 bits, <see cref="InvalidOperationException"/> on two currencies.</summary>
    public static Amount operator +(Amount left, Amount right) => new(checked(left.Minor + right.Minor), Same(left, right));

    /// <summary>The difference, under the limits of addition.</summary>
    public static Amount operator -(Amount left, Amount right) => new(checked(left.Minor - right.Minor), Same(left, right));

    /// <summary>Whether the left sum is smaller.</summary>
    public static bool operator <(Amount left, Amount right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left sum is larger.</summary>
    public static bool operator >(Amount left, Amount right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left sum is not larger.</summary>
    public static bool operator <=(Amount left, Amount right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left sum is not smaller.</summary>
    public static bool operator >=(Amount left, Amount right) => left.CompareTo(right) >= 0;

    /// <summary>The smaller of two sums of one currency.</summary>
    public static Amount Min(Amount left, Amount right) => left <= right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(Amount other)
    {
        Same(this, other);
        return Minor.CompareTo(other.Minor);
    }

    /// <summary>Plain decimal text for files and APIs, without grouping: <c>48000.00</c>.</summary>
    public string ToDecimalText()
    {
        var digits = Currency.MinorDigits;
        return (Minor / PowerOfTen(digits)).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Text for people: <c>48,000.00 CNY</c>.</summary>
    public override string ToString()
    {
        var digits = Currency.MinorDigits;
        return (Minor / PowerOfTen(digits)).ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + Currency.Code;
    }

    internal static decimal PowerOfTen(int digits) => digits switch { 0 => 1m, 1 => 10m, 2 => 100m, 3 => 1000m, _ => 10000m };

    private static Currency Same(Amount left, Amount right) => left.Currency == right.Currency
        ? left.Currency
        : throw new InvalidOperationException($"An amount in {left.Currency} met an amount in {right.Currency}.");
}
