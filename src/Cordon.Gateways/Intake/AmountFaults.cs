using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>Reason code and sentence for each way in which a text is no amount.</summary>
internal static class AmountFaults
{
    /// <summary>Describes a fault; <see cref="AmountFault.None"/> stands for a sound zero where more was needed.</summary>
    public static (string Reason, string Message) Describe(AmountFault fault, string quoted, Currency currency) => fault switch
    {
        AmountFault.None => (IntakeReason.AmountZero, "An amount of nothing cannot have moved."),
        AmountFault.Negative => (IntakeReason.AmountNegative, $"{quoted} is below zero."),
        AmountFault.TooFine => (IntakeReason.AmountTooFine, $"{quoted} has more decimals than the {currency.MinorDigits} of {currency}."),
        AmountFault.TooLarge => (IntakeReason.AmountTooLarge, $"{quoted} is more than 64 bits of minor units hold."),
        AmountFault.RoundsToZero => (IntakeReason.AmountRoundsToZero, $"{quoted} is zero when rounded to {currency.MinorDigits} decimals."),
        _ => (IntakeReason.AmountNotANumber, $"{quoted} is no decimal number."),
    };
}
