using System.Collections.Immutable;

namespace Cordon.Casework.Controls;

/// <summary>How fast faults use up what is allowed, over a window that ends now.</summary>
/// <param name="Days">The window's length.</param>
/// <param name="Occasions">Occasions in it.</param>
/// <param name="Faults">Faults in it.</param>
/// <param name="Rate">The share of faults in multiples of what is allowed: 1 uses the allowance up exactly.</param>
/// <param name="Alert">Whether that is beyond chance.</param>
public sealed record ControlBurn(int Days, long Occasions, long Faults, double Rate, bool Alert);

/// <summary>Where a member, or one of its units, stands under one duty: a service-level objective over a calendar month.</summary>
/// <param name="Subject">Whose keeping of which duty.</param>
/// <param name="Period">The first day of the month.</param>
/// <param name="Occasions">Occasions in the month by now.</param>
/// <param name="Faults">Faults in the month by now.</param>
/// <param name="AllowedPerMillion">Faults allowed for each million occasions.</param>
/// <param name="Allowance">Faults that the occasions of the month allow by now, rounded down.</param>
/// <param name="Burns">How fast it burns, the shortest window first.</param>
/// <param name="Verdict">What the longest window says; burnt where any window does.</param>
public sealed record ControlStanding(
    ControlSubject Subject, DateOnly Period, long Occasions, long Faults, int AllowedPerMillion, long Allowance,
    ImmutableArray<ControlBurn> Burns, ControlVerdict Verdict)
{
    /// <summary>The share of occasions on which the duty was kept, in percent; null where there was none.</summary>
    public double? Attainment => Occasions == 0 ? null : 100.0 * (Occasions - Math.Min(Faults, Occasions)) / Occasions;

    /// <summary>Faults that are still allowed; below zero where the month's allowance is used up.</summary>
    public long Left => Allowance - Faults;
}

/// <summary>One day of a subject.</summary>
/// <param name="Day">The day, by the jurisdiction's clock.</param>
/// <param name="Occasions">Occasions.</param>
/// <param name="Faults">Faults.</param>
public sealed record ControlDay(DateOnly Day, long Occasions, long Faults);
