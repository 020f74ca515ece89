//! The small words that hold a sentence together, in English and romanised Hindi. Running speech is full of them; a list of
//! keywords is not, and neither is a language the built-in coach doesn't know.

/// Articles, pronouns, auxiliaries, prepositions, postpositions and connectors.
const GLUE: &[&str] = &[
    // English
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "but", "by", "can", "cannot", "cant", "could", "did",
    "do", "does", "doesnt", "dont", "each", "for", "from", "get", "gets", "give", "gives", "had",
    "has", "have", "he", "her", "here", "him", "his", "how", "i", "id", "if", "ill", "im", "in",
    "into", "is", "isnt", "it", "its", "ive", "just", "let", "lets", "like", "make", "makes",
    "may", "me", "more", "my", "no", "not", "now", "of", "on", "once", "one", "only", "or", "our",
    "out", "over", "shall", "she", "should", "so", "some", "take", "than", "that", "thats", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "up", "us",
    "very", "want", "wants", "was", "we", "well", "were", "what", "when", "where", "which", "who",
    "why", "will", "with", "without", "wont", "would", "yes", "you", "youll", "your", "youre",
    // Hindi
    "aap", "aapka", "aapke", "aapki", "aapko", "aapne", "aapse", "ab", "abhi", "agar", "apna",
    "apne", "apni", "aur", "baad", "bahut", "bhi", "bilkul", "chahiye", "chahte", "chahti",
    "chahta", "dekhiye", "dijiye", "diya", "ek", "gaya", "gayi", "gaye", "hai", "hain", "ham",
    "hamara", "hamare", "hamari", "hi", "ho", "hoga", "hogi", "hoon", "hun", "hota", "hote",
    "hoti", "hui", "hua", "hum", "humara", "humare", "humari", "humein", "is", "isi", "iska",
    "iske", "iski", "isko", "isliye", "isme", "ismein", "isse", "itna", "itne", "itni", "jab",
    "jaise", "jaisa", "jaata", "jaate", "jaati", "jata", "jate", "jati", "jaaye", "jaye", "jayega",
    "jayegi", "ji", "jis", "jise", "jisme", "jo", "ka", "kar", "karein", "karen", "karenge",
    "karke", "karna", "karne", "karo", "karta", "karte", "karti", "karunga", "karungi", "ke", "ki",
    "kijiye", "kis", "kisi", "kitna", "kitne", "kitni", "ko", "koi", "kuch", "kya", "kyun",
    "kyunki", "lein", "lekin", "lena", "lenge", "lijiye", "liya", "liye", "magar", "main", "mai",
    "mat", "me", "mein", "mera", "mere", "meri", "milega", "milegi", "milta", "milti", "milte",
    "mujhe", "na", "nahi", "nahin", "ne", "par", "pe", "pehle", "phir", "raha", "rahe", "rahi",
    "sab", "sakta", "sakte", "sakti", "saath", "se", "sirf", "tab", "taaki", "taki", "tak", "tha",
    "thi", "the", "thoda", "toh", "un", "unka", "unke", "unki", "unko", "us", "usi", "uska",
    "uske", "uski", "usko", "usme", "usmein", "usse", "wahan", "wahi", "waise", "wala", "wale",
    "wali", "warna", "wo", "woh", "yahan", "ye", "yeh", "zyada",
];

/// One word in this many must be a small word, or the words are no running speech.
const ONE_IN: usize = 6;

/// Whether words stand together as speech does.
pub(super) fn runs_as_speech(words: &[String]) -> bool {
    let glue = words
        .iter()
        .filter(|word| GLUE.contains(&word.as_str()))
        .count();
    glue * ONE_IN >= words.len()
}
