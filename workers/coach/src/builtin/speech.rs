//! The small words that hold a sentence together, in English and romanised Hindi. Running speech is full of them; a list of
//! keywords is not, and neither is a language the built-in coach doesn't know.

/// Articles, pronouns, auxiliaries, prepositions and connectors.
const ENGLISH: &str = "a about after all also am an and any are as at be because been before being but by can cannot cant could did do \
    does doesnt dont each for from get gets give gives had has have he her here him his how i id if ill im in into \
    is isnt it its ive just let lets like make makes may me more my no not now of on once one only or our out over \
    shall she should so some take than that thats the their them then there these they this those to too up us very \
    want wants was we well were what when where which who why will with without wont would yes you youll your youre";

/// The same in Hindi, without the words that English has too.
const HINDI: &str = "aana aap aapka aapke aapki aapko aapne aapse aata aate aati aaya aaye aayega aayegi aayenge aayi ab abhi agar \
    apna apne apni aur baad bahut bataiye bhi bilkul chahiye chahta chahte chahti chalega chalta chalti dekhiye dena \
    denge deta dete deti dijiye dijiyega dikhega dikhegi dikhta dikhte dikhti diya doon du dun ek gaya gaye gayi hai \
    hain ham hamara hamare hamari hi ho hoga hogi hoon hota hote hoti hua hui hum humara humare humari humein hun \
    isi iska iske iski isko isliye isme ismein isse itna itne itni jaana jaata jaate jaati jaaye jab jaisa jaise \
    jata jate jati jaye jayega jayegi jayenge ji jis jise jisme jo ka kar karein karen karenge karke karna karne \
    karo karoon karta karte karti karun karunga karungi ke ki kijiye kijiyega kis kisi kitna kitne kitni ko koi kuch \
    kya kyun kyunki lein lekin lena lenge lijiye lijiyega liya liye loon lu lun magar mai main mat mein mera mere \
    meri milega milegi milta milte milti mujhe na nahi nahin ne par pe pehle phir raha rahe rahega rahegi rahenge \
    rahi saath sab sakta sakte sakti se sirf taaki tab tak taki tha thi thoda toh un unka unke unki unko usi uska \
    uske uski usko usme usmein usse wahan wahi waise wala wale wali warna wo woh yahan ye yeh zyada";

/// One word in this many must be a small word, or the words are no running speech.
const ONE_IN: usize = 6;

/// A question of fewer words than this is one with a single small word: “Kal 10 minute list dekh lein?”
const SHORT_QUESTION: usize = 9;

/// Whether words stand together as speech does.
pub(super) fn runs_as_speech(words: &[String], is_question: bool) -> bool {
    let glue = words.iter().filter(|word| is_small(word)).count();
    glue * ONE_IN >= words.len() || (is_question && glue > 0 && words.len() < SHORT_QUESTION)
}

/// Whether a word is one of the small words.
pub(super) fn is_small(word: &str) -> bool {
    ENGLISH
        .split_ascii_whitespace()
        .chain(HINDI.split_ascii_whitespace())
        .any(|small| small == word)
}
