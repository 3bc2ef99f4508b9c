using System.Collections.Immutable;

namespace Cordon.Casework.Reports;

/// <summary>What a clerk can ask of a report that exists.</summary>
public abstract record ReportCommand;

/// <summary>The victim is who the report says, and this is what was lost. Also takes back that it was unfounded.</summary>
/// <param name="How">How the victim was verified, 1 to 500 characters.</param>
/// <param name="FraudType">The type of fraud: a type of the tree without kinds of its own.</param>
/// <param name="Losses">The payments as confirmed, 1 to 200 in one currency.</param>
public sealed record VerifyReport(string How, string FraudType, ImmutableArray<ReportedLoss> Losses) : ReportCommand;

/// <summary>Choose another type of fraud.</summary>
/// <param name="FraudType">A type of the tree without kinds of its own.</param>
public sealed record ChooseFraudType(string FraudType) : ReportCommand;

/// <summary>There is no loss, or nobody stands behind the report.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record FindUnfounded(string Reason) : ReportCommand;

/// <summary>A payment that is held for one of another report is a loss of its own.</summary>
/// <param name="Loss">Which payment, from 0.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record RefuteDuplicate(int Loss, string Reason) : ReportCommand;
