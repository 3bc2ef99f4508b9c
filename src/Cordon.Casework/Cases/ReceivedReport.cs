namespace Cordon.Casework.Cases;

/// <summary>What became of a report.</summary>
/// <param name="Report">Its id.</param>
/// <param name="Case">The case it belongs to.</param>
/// <param name="CaseNumber">That case's number for people.</param>
/// <param name="Repeat">Whether it had been received before.</param>
public sealed record ReceivedReport(Guid Report, Guid Case, string CaseNumber, bool Repeat);
