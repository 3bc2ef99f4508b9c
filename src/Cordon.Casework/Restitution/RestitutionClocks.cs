namespace Cordon.Casework.Restitution;

/// <summary>The terms of restitution.</summary>
internal static class RestitutionClocks
{
    /// <summary>A division in proportion is open to objections for 30 days (rules 41 of 2016, art. 8, item 3; trust mark S).</summary>
    public const int NoticeDays = 30;
}
