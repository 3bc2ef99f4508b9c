namespace Cordon.Gateways.Intake;

/// <summary>One thing wrong with what came in. It is shown to the sender, so it never carries an identity number.</summary>
/// <param name="Field">The field as the wire form names it (<c>openingBalance.amount</c>); empty where the whole line is meant.</param>
/// <param name="Reason">A stable code: one of <see cref="IntakeReason"/>.</param>
/// <param name="Message">A sentence for people, masked.</param>
public sealed record IntakeFault(string Field, string Reason, string Message);

/// <summary>The closed set of reason codes of the door. They are written to quarantine files and never change meaning.</summary>
public static class IntakeReason
{
    /// <summary>The line is longer than the limit.</summary>
    public const string LineTooLong = "line-too-long";

    /// <summary>The bytes are not text in the declared encoding.</summary>
    public const string BadEncoding = "bad-encoding";

    /// <summary>The line is not one JSON object.</summary>
    public const string NotJson = "not-json";

    /// <summary>The kind of signal is missing, unknown or not the one asked for.</summary>
    public const string Kind = "kind";

    /// <summary>A field that this kind does not have.</summary>
    public const string UnknownField = "unknown-field";

    /// <summary>A field that stands twice.</summary>
    public const string RepeatedField = "repeated-field";

    /// <summary>A reversal of another member's transfer.</summary>
    public const string NotTeller = "not-teller";

    /// <summary>A field that must be there is not.</summary>
    public const string Required = "required";

    /// <summary>The field has another JSON type.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>The value does not have the form of the field.</summary>
    public const string Format = "format";

    /// <summary>The value is longer than the field takes, or a list has too many entries.</summary>
    public const string TooLong = "too-long";

    /// <summary>The time is not RFC 3339 with an offset.</summary>
    public const string Time = "time";

    /// <summary>The time lies more than ten minutes after the door's clock.</summary>
    public const string Future = "future";

    /// <summary>Not a telephone number.</summary>
    public const string Phone = "phone";

    /// <summary>Not a domain name.</summary>
    public const string Domain = "domain";

    /// <summary>Not an identity number of GB 11643.</summary>
    public const string IdentityNumber = "identity-number";

    /// <summary>An identity number of the old form with 15 digits, which has no check digit.</summary>
    public const string IdentityOldForm = "identity-number-old-form";

    /// <summary>An identity number in a field that is stored as it stands.</summary>
    public const string IdentityMisplaced = "identity-number-misplaced";

    /// <summary>An identity number where the door has no key to replace it.</summary>
    public const string NoTokenKey = "no-token-key";

    /// <summary>Not a decimal number.</summary>
    public const string AmountNotANumber = "amount-not-a-number";

    /// <summary>Below zero.</summary>
    public const string AmountNegative = "amount-negative";

    /// <summary>Zero where something must have moved.</summary>
    public const string AmountZero = "amount-zero";

    /// <summary>More decimals than the currency has.</summary>
    public const string AmountTooFine = "amount-too-fine";

    /// <summary>More minor units than 64 bits hold.</summary>
    public const string AmountTooLarge = "amount-too-large";

    /// <summary>Above zero as written, zero after the rounding that the preset declares.</summary>
    public const string AmountRoundsToZero = "amount-rounds-to-zero";

    /// <summary>Payments of one report in several currencies.</summary>
    public const string MixedCurrencies = "mixed-currencies";

    /// <summary>Quotes that do not pair, in CSV.</summary>
    public const string Quoting = "quoting";

    /// <summary>Another number of columns than the header has.</summary>
    public const string ColumnCount = "column-count";

    /// <summary>No rule of the preset takes this row.</summary>
    public const string NotMapped = "not-mapped";

    /// <summary>The last row of a file that was cut off.</summary>
    public const string CutOff = "cut-off";

    /// <summary>Another signal with the same id, member and kind is already there and says otherwise.</summary>
    public const string Conflict = "conflict";

    /// <summary>The row is well-formed and the receiver refuses what it says; the message tells the receiver's own code.</summary>
    public const string Refused = "refused";
}
