namespace Cordon.Casework.Rectifications;

/// <summary>The terms of one rectification, taken from the pack when it is opened: a later pack does not change what was ordered.</summary>
/// <param name="DueDays">Days from opening by which the member must have claimed that it is mended.</param>
/// <param name="AgainDays">Days it has after a claim was refuted or the loophole came back.</param>
/// <param name="RecheckDays">Days from the claim over which the control is read again.</param>
/// <param name="ProlongDays">Days by which that span is prolonged where it held too few occasions.</param>
/// <param name="MostProlongs">How often it is prolonged; after that a person inspects.</param>
/// <param name="WatchDays">Days after mending in which a burnt control is a relapse.</param>
/// <param name="OverdueDays">Days after which one that is overdue is overdue again.</param>
public sealed record RectificationTerms(int DueDays, int AgainDays, int RecheckDays, int ProlongDays, int MostProlongs, int WatchDays, int OverdueDays);
